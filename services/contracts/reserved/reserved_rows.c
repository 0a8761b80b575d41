#include "services/contracts/reserved/reserved_rows.h"

#include <string.h>

#include "common/store/index.h"
#include "common/store/stored.h"
#include "services/contracts/record/access.h"
#include "services/contracts/reserved/reserved_entry.h"

uint32_t reserved_year(const Contracts__ReservedEntry *entry)
{
        return entry->notified_on == NULL ? 0 : (uint32_t)day_civil(day_of(entry->notified_on)).year;
}

static struct key year_key(uint32_t year)
{
        struct key key = key_empty();
        key_u32(&key, year);
        return key;
}

/* ---- a lot in a row: of this machine's order, as all rows of fixed length; behind it the holder's SIRET, a text */

struct kept_lot {
        uint32_t number, duration_months, minimum_share;
        int32_t on;
        uint8_t grounds, kind, involvement, follows_persons;
        uint8_t meets_all_conditions, told_in_notice, contracting_authority;
        uint8_t has_share, has_day;
        char cpv[9];
        uint8_t unused[2];
};
_Static_assert(sizeof(struct kept_lot) == 36, "no bytes of chance between its members");

/* ReservationGround 1..4 as bits. */
static uint8_t bits_of(const Contracts__Reservation *reservation)
{
        unsigned bits = 0;
        for (size_t i = 0; i < reservation->n_grounds; i++)
                bits |= 1u << (unsigned)reservation->grounds[i];
        return (uint8_t)bits;
}

static struct kept_lot kept_of(const struct summed *summed, const Contracts__ReservedEntry *entry)
{
        const Contracts__Reservation reservation = reserved_entry_reservation(summed->record, summed->file, entry);
        struct kept_lot kept = {
                .number = entry->lot,
                .duration_months = reservation.duration_months,
                .minimum_share = entry->minimum_share == NULL ? 0 : entry->minimum_share->millionths,
                .on = entry->notified_on == NULL ? 0 : entry->notified_on->days,
                .grounds = bits_of(&reservation),
                .kind = (uint8_t)reservation.kind,
                .involvement = (uint8_t)entry->involvement,
                .follows_persons = entry->follows_persons != 0,
                .meets_all_conditions = (uint8_t)reservation.meets_all_conditions,
                .told_in_notice = (uint8_t)reservation.told_in_notice,
                .contracting_authority = (uint8_t)reservation.contracting_authority,
                .has_share = entry->minimum_share != NULL,
                .has_day = entry->notified_on != NULL,
        };
        (void)strncpy(kept.cpv, reservation.cpv, sizeof(kept.cpv) - 1);
        return kept;
}

bool reserved_row_lot(struct reserved_row *row, struct reserved_lot *ret)
{
        struct kept_lot kept;
        if (row->lots.size == 0)
                return false;
        require_stored(row->lots.size > sizeof(kept) && row->lots.data[row->lots.size - 1] == '\0');
        memcpy(&kept, row->lots.data, sizeof(kept));
        ret->number = kept.number;
        ret->involvement = (Contracts__Involvement)kept.involvement;
        ret->follows_persons = kept.follows_persons != 0;
        ret->holder_siret = (const char *)row->lots.data + sizeof(kept);
        ret->reservation = (Contracts__Reservation)CONTRACTS__RESERVATION__INIT;
        ret->reservation.kind = (Contracts__ContractKind)kept.kind;
        ret->reservation.grounds = ret->grounds;
        for (unsigned ground = 1; ground <= ARRAY_SIZE(ret->grounds); ground++)
                if ((kept.grounds & 1u << ground) != 0)
                        ret->grounds[ret->reservation.n_grounds++] = (Contracts__ReservationGround)ground;
        ret->reservation.meets_all_conditions = (Contracts__ReservationAnswer)kept.meets_all_conditions;
        ret->reservation.told_in_notice = (Contracts__ReservationAnswer)kept.told_in_notice;
        ret->reservation.contracting_authority = (Contracts__ReservationAnswer)kept.contracting_authority;
        ret->reservation.duration_months = kept.duration_months;
        memcpy(ret->cpv, kept.cpv, sizeof(ret->cpv));
        ret->reservation.cpv = ret->cpv;
        ret->minimum_share = (Types__Share)TYPES__SHARE__INIT;
        ret->minimum_share.millionths = kept.minimum_share;
        ret->reservation.minimum_share = kept.has_share != 0 ? &ret->minimum_share : NULL;
        ret->on = (Types__Day)TYPES__DAY__INIT;
        ret->on.days = kept.on;
        ret->reservation.on = kept.has_day != 0 ? &ret->on : NULL;
        size_t size = sizeof(kept) + strlen(ret->holder_siret) + 1;
        row->lots = slice_of(row->lots.data + size, row->lots.size - size);
        return true;
}

/* ---- the row of a contract in one year */

static struct slice with(struct arena *arena, struct slice before, const void *data, size_t size)
{
        uint8_t *bytes = arena_alloc(arena, before.size + size);
        if (before.size > 0)
                memcpy(bytes, before.data, before.size);
        memcpy(bytes + before.size, data, size);
        return slice_of(bytes, before.size + size);
}

static struct slice value_of(const struct summed *summed, uint32_t year)
{
        struct arena *arena = summed->arena;
        const Contracts__ReservedState *state = reserved_state_known(summed->file, arena);
        const char *eyes = access_eyes_of(arena, summed->record, summed->file);
        struct slice value = with(arena, slice_of(NULL, 0), eyes, strlen(eyes) + 1);
        value = with(arena, value, summed->record->buyer_name, strlen(summed->record->buyer_name) + 1);
        for (size_t i = 0; i < state->n_entries; i++) {
                const Contracts__ReservedEntry *entry = state->entries[i];
                if (reserved_year(entry) != year)
                        continue;
                struct kept_lot kept = kept_of(summed, entry);
                value = with(arena, value, &kept, sizeof(kept));
                value = with(arena, value, entry->holder_siret, strlen(entry->holder_siret) + 1);
        }
        return value;
}

bool reserved_rows_has(const struct summed *summed)
{
        return summed->file != NULL && (summed->file->reserved != NULL ||
                                        (summed->file->n_awards > 0 && summed->file->n_planned_reservations > 0));
}

/* The first lot of its year writes the row, with all lots of that year. */
static bool is_first_of_year(const Contracts__ReservedState *state, size_t i)
{
        for (size_t j = 0; j < i; j++)
                if (reserved_year(state->entries[j]) == reserved_year(state->entries[i]))
                        return false;
        return true;
}

static bool has_award(const struct summed *summed, const Contracts__ReservedEntry *entry)
{
        return summed->record->kind != CONTRACTS__CONTRACT_KIND__PRIVATE && entry->notified_on != NULL &&
               entry->holder_siret[0] != '\0' && reserved_entry_is_ess(entry);
}

static struct key award_prefix(const char *buyer_siret, const char *holder_siret)
{
        struct key key = key_of_text(buyer_siret);
        key_text(&key, holder_siret);
        return key;
}

static struct key award_key(const struct summed *summed, const Contracts__ReservedEntry *entry)
{
        struct key key = award_prefix(summed->record->buyer_siret, entry->holder_siret);
        key_i32(&key, entry->notified_on->days);
        key_u32(&key, entry->lot);
        return key;
}

static struct key row_key(const struct summed *summed, const Contracts__ReservedEntry *entry)
{
        struct key key = year_key(reserved_year(entry));
        key_text(&key, summed->record->buyer_siret);
        return key;
}

void reserved_rows_of(const void *record, struct index_rows *rows)
{
        const struct summed *summed = record;
        const Contracts__ReservedState *state = reserved_state_known(summed->file, summed->arena);
        for (size_t i = 0; i < state->n_entries; i++) {
                const Contracts__ReservedEntry *entry = state->entries[i];
                struct key key = row_key(summed, entry);
                key_id(&key, summed->contract);
                if (is_first_of_year(state, i))
                        index_row(rows, T_RESERVED_BY_YEAR, key,
                                  index_wants_values(rows) ? value_of(summed, reserved_year(entry))
                                                           : slice_of(NULL, 0));
                if (has_award(summed, entry))
                        index_id(rows, T_RESERVED_AWARD, award_key(summed, entry), summed->contract);
        }
}

/* ---- walks */

void reserved_walk_year(struct txn *txn, uint32_t year, const char *siret, struct slice after, struct walk *ret)
{
        struct key prefix = year_key(year);
        if (*siret != '\0')
                key_text(&prefix, siret);
        walk_up(txn, T_RESERVED_BY_YEAR, prefix, after, ret);
}

void reserved_walk(struct txn *txn, struct slice after, struct walk *ret)
{
        struct key prefix = key_empty();
        walk_up(txn, T_RESERVED_BY_YEAR, prefix, after, ret);
}

bool reserved_next_year(struct txn *txn, uint32_t from, uint32_t *ret)
{
        struct walk walk;
        walk_from(txn, (struct walk_spec){T_RESERVED_BY_YEAR, WALK_UP, CURSOR_KEY}, key_empty(), year_key(from), &walk);
        bool found = walk_step(&walk);
        if (found)
                *ret = reserved_walk_year_of(&walk);
        walk_end(&walk);
        return found;
}

uint32_t reserved_walk_year_of(const struct walk *walk)
{
        return key_read_u32(walk->scan.key, 0);
}

void reserved_row_read(const struct walk *walk, struct reserved_row *ret)
{
        struct slice key = walk->scan.key, value = walk->scan.value;
        require_stored(value.size > 0 && value.data[value.size - 1] == '\0');
        ret->year = reserved_walk_year_of(walk);
        ret->contract = key_read_id(key, key.size - sizeof(struct id));
        ret->buyer_siret = (const char *)key.data + sizeof(uint32_t);
        ret->eyes = (const char *)value.data;
        ret->buyer_name = ret->eyes + strlen(ret->eyes) + 1;
        size_t texts = strlen(ret->eyes) + 1;
        require_stored(texts < value.size);
        texts += strlen(ret->buyer_name) + 1;
        ret->lots = slice_of(value.data + texts, value.size - texts);
}

bool reserved_award_before(struct txn *txn, const struct award_before *asked, struct day *ret)
{
        int32_t year = day_civil(asked->on).year - (int32_t)asked->years;
        struct key prefix = award_prefix(asked->buyer_siret, asked->holder_siret), behind = prefix;
        bool found = false;
        struct walk walk;
        struct id id;

        key_i32(&behind, day_number(asked->on) + 1);
        walk_from(txn, (struct walk_spec){T_RESERVED_AWARD, WALK_DOWN, CURSOR_KEY}, prefix, behind, &walk);
        while (!found && walk_next(&walk, &id)) {
                *ret = day_of_number(key_read_i32(walk.scan.key, prefix.size));
                if (day_civil(*ret).year < year)
                        break;
                found = !id_equal(id, asked->contract);
        }
        walk_end(&walk);
        return found;
}
