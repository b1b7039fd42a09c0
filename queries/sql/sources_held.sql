-- sources_held: the release of each source that reaches furthest, and its newest period
-- params:
-- one row per: source
select
    source,
    arg_max(published_at, (newest_period, published_at, release_id)) as published_at,
    arg_max(channel, (newest_period, published_at, release_id)) as channel,
    max(newest_period) as newest_period
from (
    select source, published_at, channel, release_id, max(list_max(periods)) as newest_period
    from release join coverage using (release_id)
    group by source, published_at, channel, release_id
)
group by source
order by source
