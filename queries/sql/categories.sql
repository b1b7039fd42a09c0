-- categories: the names of every category of every dimension
-- params:
-- one row per: dimension, category
select dimension, category, name_fi, name_sv, name_en
from category
order by dimension, category
