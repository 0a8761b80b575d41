/* agreement_fee: what the carrier may ask for a year by the rule of the agreement, contract by contract: hours from the
 * ledger for a price an hour, contracts notified in the year for a share of the amount or a price a contract. Each line
 * shows its calculation. What another agreement of the buyer, signed later, covers and bills is not counted here: no
 * hour is paid for twice.
 * Caller: facilitator, coordinator, auditor; its own buyer.
 * Where there are more contracts, or hours, than one query may look at, they come page after page; the sum is on the
 * last. Refuses: NOT_FOUND, NOT_ALLOWED, INVALID_FIELD (year), WRONG_STATE (not signed), TOO_LARGE (a single contract
 * has more entries than that). */
#include "contracts/calls.h"
#include "services/contracts/agreements/agreements.h"

#include "common/base/french.h"
#include "common/base/limits.h"
#include "common/base/require.h"
#include "common/service/page.h"
#include "services/contracts/agreements/agreement_views.h"
#include "services/contracts/agreements/agreements_rows.h"
#include "services/contracts/agreements/fee.h"
#include "services/contracts/ledger/ledger_access.h"
#include "services/contracts/ledger/ledger_rows.h"
#include "services/contracts/record/access.h"
#include "services/contracts/record/amounts.h"
#include "services/contracts/record/contract.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/rows.h"

enum { MONTHS = 12 };

/* What is being computed. */
struct computing {
        struct work *work;
        const Contracts__AgreementRow *row;
        const Contracts__AgreementRow **later; /* of its buyer, signed later, that bill contracts */
        size_t later_count;
        const Contracts__AgreementRow **over; /* of these, those that cover the contract that is computed */
        size_t over_count;
        struct hours elsewhere; /* of that contract: counted by these */
        struct day first, last; /* of the year */
        Contracts__AgreementFeeReply *reply;
        char *lines; /* of this page, as text */
        struct page page;
        struct money sum;
        struct refusal refusal;
};

/* ---- what counts of a contract */

/* A month counts where the agreement was in force on one of its days. */
static bool has_month(const Contracts__AgreementRow *row, struct month month)
{
        struct day first = month_first_day(month);
        struct day last = day_of_number(day_number(day_add_months(first, 1)) - 1);
        struct day begun = day_of(row->agreement->starts_on);
        return agreement_in_force(row, last) || agreement_in_force(row, first) ||
               (day_number(begun) > day_number(first) && day_number(begun) < day_number(last) &&
                agreement_in_force(row, begun));
}

static bool month_counts(const struct computing *computing, const Types__Month *month)
{
        struct month from = month_of_day(computing->first);
        return month != NULL && month->months >= month_number(from) && month->months < month_number(from) + MONTHS &&
               has_month(computing->row, month_of(month));
}

static bool is_taken_over(const struct computing *computing, struct month month)
{
        for (size_t i = 0; i < computing->over_count; i++)
                if (has_month(computing->over[i], month))
                        return true;
        return false;
}

static void find_over(struct computing *computing, const struct agreement_contract *contract)
{
        computing->over_count = 0;
        for (size_t i = 0; i < computing->later_count; i++)
                if (agreement_coverage(computing->later[i], contract) >= COVERAGE_OTHER_DATE)
                        computing->over[computing->over_count++] = computing->later[i];
}

/* Those that take over from this one wherever both cover a contract. */
static void load_later(struct computing *computing)
{
        const struct work *work = computing->work;
        struct walk walk;
        struct id id;

        agreements_walk_of_buyer(work->txn, computing->row->agreement->buyer_siret, slice_of(NULL, 0), &walk);
        while (walk_next(&walk, &id)) {
                const Contracts__AgreementRow *row = agreement_row_find(work->txn, work->arena, id);
                if (row == NULL || row->signed_on == NULL || !agreement_counts_contracts(row->agreement) ||
                    !agreement_takes_over(row, computing->row))
                        continue;
                computing->later =
                        pb_append(computing->later, &computing->later_count, sizeof(*computing->later), work->arena);
                computing->later[computing->later_count - 1] = row;
        }
        walk_end(&walk);
        computing->over = arena_alloc(work->arena, (computing->later_count + 1) * sizeof(*computing->over));
}

static bool is_work(Contracts__Account account)
{
        return account == CONTRACTS__ACCOUNT__DONE || account == CONTRACTS__ACCOUNT__CONVERTED;
}

static struct hours hours_of_obligation(struct computing *computing, struct id obligation)
{
        struct hours here = hours_of_hundredths(0);
        const Contracts__LedgerEntry *entry;
        struct walk walk;

        contracts_walk_entries(computing->work->txn, obligation, 0, &walk);
        while ((entry = contracts_walk_next_entry(&walk, computing->work->arena)) != NULL) {
                if (is_work(entry->from) == is_work(entry->to) || !month_counts(computing, entry->month))
                        continue;
                bool is_over = is_taken_over(computing, month_of(entry->month));
                struct hours *sum = is_over ? &computing->elsewhere : &here;
                int err = is_work(entry->to) ? hours_add(*sum, hours_of(entry->hours), sum)
                                             : hours_subtract(*sum, hours_of(entry->hours), sum);
                require(err == 0); /* the ledger holds a greater sum */
        }
        walk_end(&walk);
        return here;
}

static struct hours hours_of_contract(struct computing *computing, struct id contract)
{
        struct hours sum = hours_of_hundredths(0);
        struct walk walk;
        struct id id;

        contracts_walk_obligations_of_contract(computing->work->txn, contract, slice_of(NULL, 0), &walk);
        while (walk_next(&walk, &id)) {
                int err = hours_add(sum, hours_of_obligation(computing, id), &sum);
                require(err == 0);
        }
        walk_end(&walk);
        return sum;
}

static bool is_notified_elsewhere(const struct computing *computing, struct day day)
{
        for (size_t i = 0; i < computing->over_count; i++)
                if (agreement_in_force(computing->over[i], day))
                        return true;
        return false;
}

static bool is_notified(const struct computing *computing, const Contracts__ContractRecord *record)
{
        return record->notified_on != NULL && record->notified_on->days >= day_number(computing->first) &&
               record->notified_on->days <= day_number(computing->last) &&
               agreement_in_force(computing->row, day_of(record->notified_on)) &&
               !is_notified_elsewhere(computing, day_of(record->notified_on));
}

/* ---- lines */

/* As it is printed, below the sum. */
static void tell_line(struct computing *computing, const Contracts__FeeLine *line)
{
        struct arena *arena = computing->work->arena;
        const char *name =
                line->contract_id == NULL ? "" : arena_printf(arena, "%s, %s : ", line->number, line->object);
        const char *elsewhere = "";
        if (line->elsewhere != NULL && line->elsewhere->hundredths != 0)
                elsewhere = arena_printf(arena, " (%s comptées par une convention signée depuis)",
                                         french_hours(arena, hours_of(line->elsewhere)));
        computing->lines = arena_printf(arena, "%s\n– %s%s%s", computing->lines, name, line->calculation, elsewhere);
}

struct computed {
        const struct fee_basis *basis; /* NULL: of the year */
        struct money fee;
        char *calculation;
};

/* False: it is of the next page. */
static bool add_line(struct computing *computing, struct id id, const Contracts__ContractRecord *record,
                     const struct computed *computed)
{
        const struct work *work = computing->work;
        Contracts__AgreementFeeReply *reply = computing->reply;
        Contracts__FeeLine *line = pb_new(&contracts__fee_line__descriptor, work->arena);
        line->fee = money_to(work->arena, computed->fee);
        /* Security: the sum is the agreement's; which private contract it comes from is for those who may see it. */
        if (record != NULL && access_contract(work, id, record)) {
                line->contract_id = id_to(work->arena, id);
                line->number = record->number;
                line->object = record->object;
        }
        if (reply->kind == CONTRACTS__FEE_KIND__PER_HOUR) {
                line->hours = hours_to(work->arena, computed->basis->hours);
                line->elsewhere = hours_to(work->arena, computing->elsewhere);
        }
        if (reply->kind == CONTRACTS__FEE_KIND__SHARE_OF_AMOUNT)
                line->amount = money_to(work->arena, computed->basis->amount);
        line->calculation = computed->calculation;
        if (!page_add(&computing->page, line))
                return false;
        tell_line(computing, line);
        return true;
}

static bool add_fee(struct computing *computing, struct money fee)
{
        if (money_add(computing->sum, fee, &computing->sum) == 0)
                return true;
        return refuse(&computing->refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "agreement.fee",
                      "Ce tarif donne un montant démesuré : corrigez la règle de la convention.");
}

static bool add_contract(struct computing *computing, struct id id)
{
        const struct work *work = computing->work;
        const Contracts__ContractRecord *record = contracts_record_find(work->txn, work->arena, id);
        if (record == NULL)
                return true;
        struct agreement_contract contract =
                agreement_contract_of(work, record, contracts_file_find(work->txn, work->arena, id));
        /* Hours are paid for in their own month, whatever the date of the contract. */
        if (agreement_coverage(computing->row, &contract) < COVERAGE_OTHER_DATE)
                return true;
        find_over(computing, &contract);
        computing->elsewhere = hours_of_hundredths(0);
        struct fee_basis basis = {.amount = money_of(amount_trusted(work, contract_current(record).amount)),
                                  .notified = is_notified(computing, record)};
        if (computing->reply->kind == CONTRACTS__FEE_KIND__PER_HOUR)
                basis.hours = hours_of_contract(computing, id);
        struct money fee;
        if (!fee_of_contract(computing->row->agreement->fee, &basis, &fee, &computing->refusal))
                return false;
        if (money_cents(fee) == 0 && hours_hundredths(computing->elsewhere) == 0)
                return true;
        const struct computed computed = {&basis, fee,
                                          fee_calculation(work->arena, computing->row->agreement->fee, &basis, fee)};
        return !add_line(computing, id, record, &computed) || add_fee(computing, fee);
}

/* Whether a contract of that year counts. */
static bool counts_year(const struct computing *computing, uint32_t year_notified)
{
        return computing->reply->kind == CONTRACTS__FEE_KIND__PER_HOUR ||
               year_notified == (uint32_t)day_civil(computing->first).year;
}

/* ---- pages: a contract is read whole. The cursor is that of the walk, and the sum so far: whoever changes it has
 * miscounted for himself. */

static void begin_page(struct computing *computing, const Types__Page *asked)
{
        computing->page = page_begin(computing->work, asked, &computing->reply->base);
        if (asked == NULL) /* whoever does not ask for pages is told all that can be */
                computing->page.limit = LIMIT_PAGE_MAX;
        struct slice sum = page_head(&computing->page, sizeof(uint64_t));
        if (sum.size > 0)
                computing->sum = money_of_cents((int64_t)key_read_u64(sum, 0));
}

static bool add_contracts(struct computing *computing)
{
        const struct work *work = computing->work;
        struct walk walk;
        struct id id;
        bool ok = true;

        if (!agreement_counts_contracts(computing->row->agreement))
                return true;
        followed_walk_of_buyer(work->txn, computing->row->agreement->buyer_siret, computing->page.after, &walk);
        txn_look_short(work->txn, true);
        while (ok && page_next(&computing->page, &walk, &id)) {
                txn_look_short(work->txn, false);
                if (counts_year(computing, followed_year_notified(&walk)))
                        ok = add_contract(computing, id);
                txn_look_short(work->txn, true);
        }
        walk_end(&walk);
        txn_look_short(work->txn, false);
        struct key sum = key_of_u64((uint64_t)money_cents(computing->sum));
        computing->page.head = arena_copy_slice(work->arena, key_slice(&sum));
        return ok;
}

/* The lump sum, for the days of the year in force. */
static bool add_year(struct computing *computing)
{
        uint32_t year_days = (uint32_t)(day_number(computing->last) - day_number(computing->first) + 1);
        struct money fee;
        if (!fee_of_year(computing->row->agreement->fee, computing->reply->days, year_days, &fee, &computing->refusal))
                return false;
        if (money_cents(fee) == 0)
                return true;
        const struct computed computed = {NULL, fee,
                                          fee_calculation_of_year(computing->work->arena,
                                                                  computing->row->agreement->fee,
                                                                  computing->reply->days, year_days, fee)};
        return !add_line(computing, (struct id){0}, NULL, &computed) || add_fee(computing, fee);
}

/* ---- the reply */

static uint32_t days_in_force(const struct computing *computing)
{
        uint32_t days = 0;
        for (int32_t day = day_number(computing->first); day <= day_number(computing->last); day++)
                days += agreement_in_force(computing->row, day_of_number(day));
        return days;
}

static void finish(struct computing *computing)
{
        struct arena *arena = computing->work->arena;
        Contracts__AgreementFeeReply *reply = computing->reply;
        struct money fee = fee_capped(computing->row->agreement->fee, computing->sum);
        bool is_capped = money_cents(fee) != money_cents(computing->sum);
        int year = day_civil(computing->first).year;

        if (computing->page.has_more) {
                reply->text = arena_printf(arena,
                                           "Participation de %d : d'autres contrats sont à la page suivante, la "
                                           "somme est à la dernière.%s",
                                           year, computing->lines);
                return;
        }
        reply->uncapped = money_to(arena, computing->sum);
        reply->fee = money_to(arena, fee);
        if (reply->kind == CONTRACTS__FEE_KIND__NO_FEE)
                reply->text = arena_printf(arena, "Convention non financière : rien n'est dû pour %d.", year);
        else
                reply->text = arena_printf(
                        arena, "Participation de %d : %s%s ; convention en vigueur %s.%s", year,
                        french_money(arena, fee),
                        is_capped ? arena_printf(arena, " (plafond ; %s sans lui)", french_money(arena, computing->sum))
                                  : "",
                        french_count(arena, reply->days, "jour"), computing->lines);
}

static struct reply compute(struct work *work, struct computing *computing, const Contracts__AgreementFeeRequest *query)
{
        begin_page(computing, query->page);
        bool is_first = computing->page.after.size == 0;
        computing->reply->kind = computing->row->agreement->fee->kind;
        computing->reply->days = days_in_force(computing);
        if ((is_first && !add_year(computing)) || !add_contracts(computing))
                return reply_refusal(work, &computing->refusal);
        finish(computing);
        return page_reply(&computing->page);
}

struct reply handle_agreement_fee(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__AgreementFeeRequest *query = (const Contracts__AgreementFeeRequest *)message;
        struct computing computing = {.work = work};

        computing.row = agreement_require(work, query->agreement_id, &computing.refusal);
        if (computing.row == NULL)
                return reply_refusal(work, &computing.refusal);
        if (computing.row->signed_on == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__WRONG_STATE, "agreement_id",
                                    "Cette convention n'est pas signée : aucune participation n'est due.");
        computing.first = day_of_civil((struct civil){(int)query->year, 1, 1});
        computing.last = day_of_civil((struct civil){(int)query->year, MONTHS, 31});
        computing.lines = arena_text(work->arena, "");
        load_later(&computing);
        computing.reply = pb_new(&contracts__agreement_fee_reply__descriptor, work->arena);
        return compute(work, &computing, query);
}
