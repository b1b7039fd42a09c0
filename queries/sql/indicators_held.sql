-- indicators_held: what is held of each indicator now: its periods, levels of areas and breakdowns
-- params:
-- one row per: indicator
select
    indicator,
    min(period) filter (dimension = '') as first_period,
    max(period) filter (dimension = '') as last_period,
    list_sort(list_distinct(list(level))) as levels,
    list_sort(list_distinct(list(dimension) filter (dimension <> ''))) as dimensions
from (select distinct indicator, period, dimension, area from latest_observation)
join area using (area)
where level <> 'unplaced'
group by indicator
order by indicator
