-- Up Migration
-- What the engine's journal led to, written by the engine behind its order path. `journal` tells engines apart.

create table projection (
  journal text primary key,
  sequence bigint not null,
  updated_at timestamptz not null default now()
);

create table orders (
  journal text not null,
  id bigint not null,
  user_id integer not null,
  symbol text not null,
  side text not null,
  kind text not null,
  price bigint not null,
  qty bigint not null,
  open_qty bigint not null,
  status text not null,
  opened_sequence bigint not null,
  opened_at timestamptz not null,
  sequence bigint not null,
  primary key (journal, id)
);

create table trades (
  journal text not null,
  sequence bigint not null,
  ordinal integer not null,
  symbol text not null,
  taker bigint not null,
  maker bigint not null,
  price bigint not null,
  qty bigint not null,
  traded_at timestamptz not null,
  primary key (journal, sequence, ordinal)
);

-- Down Migration

drop table trades;
drop table orders;
drop table projection;
