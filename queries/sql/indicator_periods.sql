-- indicator_periods: first and newest period of each indicator's totals in any area, as known at a moment
-- params: as_of
-- one row per: indicator
select indicator, min(period) as first_period, max(period) as newest_period
from observation
where dimension = ''
    and known_from <= $as_of
    and known_to > $as_of
group by indicator
order by indicator
