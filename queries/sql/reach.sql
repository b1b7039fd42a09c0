-- reach: how far each source's figures reach, and the stamp of the newest release that reaches so far
-- params:
-- one row per: source
with reached as (
    select release.source, release.published_at, max(list_max(coverage.periods)) as newest_period
    from release
    join coverage using (release_id)
    group by release.source, release.release_id, release.published_at
)
select source, max(newest_period) as newest_period, arg_max(published_at, (newest_period, published_at)) as published_at
from reached
group by source
order by source
