-- releases: what was loaded from each source, newest stamp first
-- params:
-- one row per: release
select release_id, source, published_at, fetched_at, sha256, channel, obtained, licence, citation
from release
order by source, published_at desc, release_id desc
