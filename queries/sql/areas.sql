-- areas: every area code with its names, its level and where it belongs
-- params:
-- one row per: area
select area, level, name_fi, name_sv, name_en, region, sub_region, employment_area
from area
order by level, area
