from datetime import date, timedelta

import pytest

from jobs.gold.customer_sentiments import customer_sentiments
from jobs.models.scoring import Champion
from jobs.models.sentiment import Sentiment, fitted
from tests.conftest import frame
from tests.jobs.models.test_sentiment import told

AS_OF = date(2017, 12, 31)


def test_texts_in_words_of_a_year_are_scored_one_by_one(spark):
    model: Sentiment = fitted(told(200), {})
    kept = {"late": ("Love it.", 0), "old": ("Love it.", 364), "zh": ("不新鲜。", 3)}
    rows = [(name, 1, "en", *of) for name, of in kept.items()]
    rows += [("too old", 1, "en", "Love it.", 365), ("nobody", None, "en", "Love it.", 1), ("nothing", 1, None, "", 1)]
    texts = [
        {"channel": "app", "kind": "review", "text_id": name, "customer_id": who, "language": language, "text": text}
        | {"written_on": AS_OF - timedelta(ago)}
        for name, who, language, text, ago in rows
    ]
    made = customer_sentiments(frame(spark, "gold.customer_texts", *texts), Champion(7, model), AS_OF)
    found = {row.text_id: row for row in made.collect()}
    assert {*found} == {*kept} and {row.model_version for row in found.values()} == {7}
    alone = model.predict(Sentiment.example().assign(text="Love it.").head(1))["sentiment"].iloc[0]
    assert found["late"].sentiment == found["old"].sentiment == pytest.approx(alone)
