#include "services/reporting/store.h"

#include "common/base/require.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"

const struct table_spec reporting_tables[REPORTING_TABLES] = {
        {"contract", TABLE_COPY},       {"obligations", TABLE_COPY},  {"passed_on", TABLE_COPY},
        {"balance", TABLE_COPY},        {"need", TABLE_COPY},         {"demand", TABLE_COPY},
        {"work", TABLE_COPY},           {"worker", TABLE_COPY},       {"person", TABLE_COPY},
        {"same_person", TABLE_COPY},    {"activity", TABLE_COPY},     {"month", TABLE_COPY},
        {"outcomes", TABLE_COPY},       {"organisation", TABLE_COPY}, {"closed", TABLE_COPY},
        {"owed_change", TABLE_COPY},    {"work_change", TABLE_COPY},  {"demand_month", TABLE_COPY},
        {"activity_month", TABLE_COPY}, {"sent", TABLE_STATE},        {"sent_by", TABLE_STATE},
};

void row_get(struct txn *txn, size_t table, const struct key *key, void *ret, size_t size)
{
        struct slice value;
        if (!txn_get(txn, table, key_slice(key), &value)) {
                memset(ret, 0, size);
                return;
        }
        require(value.size == size);
        memcpy(ret, value.data, size);
}

void row_put(struct txn *txn, size_t table, const struct key *key, const void *row, size_t size)
{
        txn_put(txn, table, key_slice(key), slice_of(row, size));
}

uint32_t year_of_day(struct day day)
{
        return (uint32_t)day_civil(day).year;
}

struct key scope_key(uint32_t year, const char *territory)
{
        struct key key = key_empty();
        key_u32(&key, year);
        key_text(&key, territory);
        return key;
}

uint32_t scope_year(struct slice key)
{
        return key_read_u32(key, 0);
}

const char *scope_territory(struct slice key)
{
        return (const char *)key.data + sizeof(uint32_t);
}

static void add_same(struct txn *txn, struct id id, struct same_person *files)
{
        struct scan scan = scan_prefix(txn, T_SAME_PERSON, id_slice(&id));
        while (scan_next(&scan)) {
                struct id other = key_read_id(scan.key, sizeof(other));
                int32_t said;
                bool is_there = false;
                memcpy(&said, scan.value.data, sizeof(said));
                for (size_t i = 0; i < files->count && !is_there; i++)
                        is_there = id_equal(files->at[i], other);
                if (said > 0 && !is_there && files->count < SAME_PERSON_MAX)
                        files->at[files->count++] = other;
        }
        scan_end(&scan);
}

void same_person(struct txn *txn, struct id id, struct same_person *ret)
{
        ret->at[0] = id;
        ret->count = 1;
        for (size_t i = 0; i < ret->count; i++)
                add_same(txn, ret->at[i], ret);
}

void same_person_put(struct txn *txn, struct id id, struct id other, int32_t by)
{
        struct key key = key_of_id(id), back = key_of_id(other);
        int32_t said;
        key_id(&key, other);
        key_id(&back, id);
        row_get(txn, T_SAME_PERSON, &key, &said, sizeof(said));
        said += by;
        row_put(txn, T_SAME_PERSON, &key, &said, sizeof(said));
        row_put(txn, T_SAME_PERSON, &back, &said, sizeof(said));
}

struct id same_person_first(struct txn *txn, struct id id)
{
        struct same_person files;
        struct id first = id;
        same_person(txn, id, &files);
        for (size_t i = 1; i < files.count; i++)
                if (memcmp(&files.at[i], &first, sizeof(first)) < 0)
                        first = files.at[i];
        return first;
}

Reporting__ContractRow *contract_get(struct txn *txn, struct id contract, struct arena *arena)
{
        return txn_get_message(txn, T_CONTRACT, id_slice(&contract), &reporting__contract_row__descriptor, arena);
}

void contract_put(struct txn *txn, struct id contract, const Reporting__ContractRow *row, struct arena *arena)
{
        txn_put_message(txn, T_CONTRACT, id_slice(&contract), row, arena);
}

void contract_remove(struct txn *txn, struct id contract)
{
        txn_delete(txn, T_CONTRACT, id_slice(&contract));
}

struct key change_key(struct id contract_or_obligation, const char *source, uint64_t number)
{
        struct key key = key_of_id(contract_or_obligation);
        key_text(&key, source);
        key_u64(&key, number);
        return key;
}

Reporting__SentReportRow *sent_get(struct txn *txn, struct id report, struct arena *arena)
{
        return txn_get_message(txn, T_SENT, id_slice(&report), &reporting__sent_report_row__descriptor, arena);
}

void sent_put(struct txn *txn, struct id report, const Reporting__SentReportRow *row, struct arena *arena)
{
        struct key by = key_of_id(id_of(row->sent->contract_id));
        key_id(&by, report);
        txn_put_message(txn, T_SENT, id_slice(&report), row, arena);
        txn_put(txn, T_SENT_BY, key_slice(&by), slice_of(NULL, 0));
}

void sent_walk(struct txn *txn, const struct id *contract, struct slice after, struct walk *ret)
{
        if (contract == NULL)
                walk_down(txn, T_SENT, key_empty(), after, ret);
        else
                walk_down(txn, T_SENT_BY, key_of_id(*contract), after, ret);
}
