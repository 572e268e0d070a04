with recursive tree as (
    select
        id,
        0 as depth,
        name as path
    from dbo.t as t
    where parent is null
    union all
    select
        t.id,
        tree.depth + 1 as column_2,
        left(tree.path || '/' || t.name, 50) as column_3
    from dbo.t as t
    inner join tree
        on tree.id = t.parent
)

select
    id,
    depth,
    path
from tree
