-- municipalities_held: how many municipalities have an indicator in each month, hidden figures included
-- params: indicator, as_of
-- one row per: period
select
    period,
    count(*) as held,
    (select count(*) from area where level = 'municipality') as municipalities
from observation
where indicator = $indicator
    and area in (select area from area where level = 'municipality')
    and dimension = ''
    and status <> 'missing'
    and known_from <= $as_of
    and known_to > $as_of
group by period
order by period
