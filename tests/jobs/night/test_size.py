from jobs.night import size

MB = 2**20


def test_questions_about_days_of_before_are_planned_beside_the_night(spark):
    own = spark.conf.get(size.PARTITIONS), spark.conf.get("spark.sql.codegen.factoryMode")
    other = size.beside(spark, 40 * MB)
    assert (other.conf.get(size.PARTITIONS), other.conf.get(size.ADAPTS)) == ("3", "false")
    assert other.conf.get("spark.sql.session.timeZone") == spark.conf.get("spark.sql.session.timeZone")
    assert (spark.conf.get(size.PARTITIONS), other.conf.get("spark.sql.codegen.factoryMode")) == own


def test_a_small_night_is_planned_once_and_shuffled_by_its_size(spark):
    names = (size.PARTITIONS, size.ADAPTS)
    before, told = {name: spark.conf.get(name) for name in names}, {}
    for mb in (1, 20, 100):
        size.fit(spark, mb * MB)
        told[mb] = tuple(spark.conf.get(name) for name in names)
    for name, value in before.items():
        spark.conf.set(name, value)
    given = spark.sparkContext.getConf()
    usual = (given.get(size.PARTITIONS, "200"), given.get(size.ADAPTS, "true"))
    assert told == {1: ("1", "false"), 20: ("2", "false"), 100: usual}
