-- Up Migration
-- Where a projection was away for longer than the journal keeps commands: orders are right again after it, trades are missing in it.

create table projection_gaps (
  journal text not null,
  from_sequence bigint not null,
  to_sequence bigint not null,
  noted_at timestamptz not null default now(),
  primary key (journal, from_sequence)
);

create index orders_open on orders (journal, user_id) where status = 'open';

-- Down Migration

drop index orders_open;
drop table projection_gaps;
