-- newest_periods: first and newest period that each indicator has for an area, as known at a moment
-- params: indicators, area, as_of
-- one row per: indicator
select indicator, min(period) as first_period, max(period) as newest_period
from observation
where indicator in (select unnest($indicators))
    and area = $area
    and dimension = ''
    and known_from <= $as_of
    and known_to > $as_of
group by indicator
order by indicator
