-- observations: some indicators in some areas and periods, totals or one breakdown, as they were known at a moment
-- params: indicators, areas, dimension, since, until, periods, as_of, most
-- one row per: indicator, area, period, category
with within as (
    select
        *,
        case
            when length(period) = 4 then period || '-01'
            when period[5] = 'Q' then period[1:4] || '-' || lpad((3 * period[6]::integer - 2)::varchar, 2, '0')
            else period
        end as first_month,
        case
            when length(period) = 4 then period || '-12'
            when period[5] = 'Q' then period[1:4] || '-' || lpad((3 * period[6]::integer)::varchar, 2, '0')
            else period
        end as last_month
    from observation
    where indicator in (select unnest($indicators))
        and area in (select unnest($areas))
        and dimension = $dimension
        and (len($periods::varchar[]) = 0 or list_contains($periods::varchar[], period))
        and known_from <= $as_of
        and known_to > $as_of
)
select
    indicator,
    area,
    period,
    dimension,
    category,
    value,
    status::varchar as status,
    origin::varchar as origin,
    release_id
from within
where first_month >= $since and last_month <= $until
order by indicator, area, period, category
limit $most
