-- The peer: what an analyst would write in DuckDB. The night's file is added to a table of all lines, and the gold tables
-- about sales and customers that need no model are made anew from all of them, in their main columns. {landing}, {night}
-- and {as_of} are put in.
create table if not exists lines (card_id bigint, store_id bigint, basket_id bigint, product_id bigint, quantity bigint,
  sales_value double, retail_disc double, coupon_disc double, coupon_match_disc double, week int,
  transaction_timestamp timestamptz);
copy lines from '{landing}/store/sales/{night}/*.csv' (header);
create or replace table products as from read_csv('{landing}/store/products/*/*.csv');

create or replace temp view sold as
select l.*, (timezone('America/New_York', transaction_timestamp))::date as day, p.department, p.brand,
  sales_value::decimal(18, 2) as sales
from lines l left join products p using (product_id);

create or replace table sales_daily as
select day, store_id, department, count(distinct basket_id) as orders, count(*) as lines, sum(quantity) as quantity,
  sum(sales) as sales, sum(retail_disc) as card_discount, sum(coupon_disc + coupon_match_disc) as coupon_discount
from sold group by all;

create or replace table customer_days as
select card_id, day, count(distinct basket_id) as orders, count(*) as lines, sum(sales) as spend,
  sum(retail_disc) as card_discount, sum(coupon_disc + coupon_match_disc) as coupon_discount
from sold group by all;

create or replace macro tiers(until) as table
with behaviour as (
  select card_id, min(day) as first_on, max(day) as last_on, until - max(day) as days_since_last_order,
    sum(orders) as orders, count(*) - 1 as repeat_days, sum(spend) as spend
  from customer_days where day <= until group by all
), cuts as (
  select quantile_cont(days_since_last_order, [.2, .4, .6, .8]) as d, quantile_cont(orders, [.2, .4, .6, .8]) as o,
    quantile_cont(spend::double, [.2, .4, .6, .8]) as s from behaviour
), quintiles as (
  select behaviour.*, 5 - len(list_filter(d, lambda c: c < days_since_last_order)) as recency,
    1 + len(list_filter(o, lambda c: c < orders)) as frequency, 1 + len(list_filter(s, lambda c: c < spend)) as monetary
  from behaviour, cuts
)
select *, case when recency + frequency + monetary >= 13 then 'top' when recency + frequency + monetary >= 10 then 'high'
  when recency + frequency + monetary >= 7 then 'middle' else 'low' end as tier from quintiles;

create or replace table customer_rfm as from tiers(date '{as_of}');
create or replace table customer_tier_moves as
select coalesce(b.tier, 'new') as from_tier, n.tier as to_tier, count(*) as customers
from customer_rfm n left join tiers(date '{as_of}' - 28) b using (card_id) group by all;

create or replace table cohort_retention as
with joined as (select card_id, date_trunc('month', min(day)) as joined_month from customer_days group by all)
select joined_month, datediff('month', joined_month, day) as months_since, count(distinct card_id) as active_customers,
  sum(orders) as orders, sum(spend) as spend
from customer_days join joined using (card_id) group by all;

create or replace table customer_behaviour as
with stores as (
  select card_id, store_id, count(distinct basket_id) as orders,
    count(distinct basket_id) filter (isodow(day) >= 6) as weekend,
    count(distinct basket_id) filter (hour(timezone('America/New_York', transaction_timestamp)) < 12) as morning
  from sold group by all
), of_stores as (
  select card_id, count(*) as stores, arg_max(store_id, orders) as favourite_store_id,
    max(orders) / sum(orders) as favourite_store_share, sum(weekend) / sum(orders) as weekend_order_share,
    sum(morning) / sum(orders) as morning_order_share from stores group by all
), departments as (
  select card_id, department, sum(sales) as sales, sum(sales) filter (brand = 'Private') as own from sold group by all
), of_departments as (
  select card_id, count(*) as departments, arg_max(department, sales) as favourite_department,
    max(sales) / sum(sales) as favourite_department_share, sum(own) / sum(sales) as private_label_share
  from departments group by all
), of_days as (
  select card_id, sum(orders) as orders, sum(lines) as lines, sum(spend) as spend,
    sum(orders) filter (day > date '{as_of}' - 28) as orders_28d, sum(orders) filter (day > date '{as_of}' - 91) as orders_91d
  from customer_days group by all
)
from of_days join of_stores using (card_id) join of_departments using (card_id);

create or replace table customer_360 as
select b.*, r.recency, r.frequency, r.monetary, r.tier from customer_behaviour b left join customer_rfm r using (card_id);
