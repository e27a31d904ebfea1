# Read by Spark's own scripts before they start a JVM, whoever calls them (SPARK_CONF_DIR names this folder).
# Temporary files lie in the clone, in the folder of the process that began it all: jobs/scratch.py says how.
clone=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
case "$TMPDIR" in "$clone"/.tmp/?*) ;; *) TMPDIR=$clone/.tmp/$$ ;; esac
mkdir -p "$TMPDIR"
# a JVM keeps its performance counters in /tmp, wherever its temporary files lie
SPARK_LAUNCHER_OPTS="-XX:-UsePerfData $SPARK_LAUNCHER_OPTS"
SPARK_SUBMIT_OPTS="-XX:-UsePerfData -Djava.io.tmpdir=\"$TMPDIR\" $SPARK_SUBMIT_OPTS"
# C1 alone is the faster compiler for a night of minutes; what it makes takes twice as long in a first load of a year
lake=${GUANXI_LAKE:-$clone/lake/many_doors} landing=${GUANXI_LANDING:-$clone/landing/many_doors}
[ ! -d "$lake/silver" ] && [ "$(du -sm "$landing" 2>/dev/null | cut -f1)" -gt 100 ] 2>/dev/null ||
  SPARK_SUBMIT_OPTS="$SPARK_SUBMIT_OPTS -XX:TieredStopAtLevel=1"
# Spark asks for a module that we do not use, and Java has no option that leaves out its warning: this line goes, no other
exec 2> >(exec grep --line-buffered -vxF 'WARNING: Using incubator modules: jdk.incubator.vector' >&2)
# where no files are: Java makes no shared class archive over a class path with a folder that has some
SPARK_CONF_DIR=$SPARK_HOME/conf
unset clone lake landing
