create table slo_policy (
    name                  text primary key,
    revision              bigint           not null check (revision > 0),
    match_model           text,
    match_tenant          text,
    match_class           text,
    ttft_millis           bigint,
    tbt_mean_millis       bigint,
    tbt_tail_millis       bigint,
    e2e_millis            bigint,
    attainment            double precision not null,
    priority              integer          not null,
    sheddable             boolean          not null,
    rescue_lost           boolean          not null,
    energy_mode           text             not null,
    clock_floor_mhz       integer,
    clock_ceiling_mhz     integer,
    maximum_pace_millis   bigint           not null,
    deadline_price_margin double precision not null,
    throttllem_margin     double precision not null
);

-- The history of every policy, and until a change is announced on the topic, the outbox.
create table slo_policy_change (
    id         bigint generated always as identity primary key,
    name       text        not null,
    revision   bigint      not null,
    changed_at timestamptz not null,
    document   text,                 -- the policy on the wire; null: withdrawn
    announced  boolean     not null default false,
    unique (name, revision)
);

create index slo_policy_change_outbox on slo_policy_change (id) where not announced;

insert into slo_policy (name, revision, tbt_mean_millis, e2e_millis, attainment, priority, sheddable, rescue_lost,
                        energy_mode, maximum_pace_millis, deadline_price_margin, throttllem_margin)
values ('standard', 1, 200, 22000, 0.99, 0, false, false, 'ENERGY', 500, 1.3, 2.5);

insert into slo_policy_change (name, revision, changed_at, document)
values ('standard', 1, now(),
        '{"schemaVersion":1,"name":"standard","revision":1,"tbtMeanMillis":200,"e2eMillis":22000,"attainment":0.99,'
            '"priority":0,"sheddable":false,"rescueLost":false,"energyMode":"ENERGY","maximumPaceMillis":500,'
            '"deadlinePriceMargin":1.3,"throttllemMargin":2.5}');
