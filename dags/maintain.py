"""Every week: OPTIMIZE joins the nights' small files, VACUUM removes what no version needs, old snapshots go.

What is kept by day is made anew from all lines, and judged as a whole. How long a table's snapshots are kept stands in
its contract (`keep_days`).
"""

from airflow.sdk import DAG, CronDataIntervalTimetable

from alerts import TIMEZONE
from applications import COMMON, application

with DAG("maintain", schedule=CronDataIntervalTimetable("0 6 * * 0", timezone=TIMEZONE), doc_md=__doc__, **COMMON):
    application("maintain")
