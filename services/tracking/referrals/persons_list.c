#include "services/tracking/referrals/persons_list.h"

#include <sodium.h>
#include <string.h>

#include "common/base/require.h"
#include "common/codec/validate.h"
#include "common/import/cells.h"
#include "services/tracking/persons/beneficiary.h"
#include "services/tracking/persons/birth.h"
#include "services/tracking/persons/persons_rows.h"
#include "services/tracking/persons/referral.h"
#include "services/tracking/rules/context.h"

enum field { FAMILY_NAME = 1, GIVEN_NAME, BORN_ON, SEX, PHONE, EMAIL, COMMUNE, BIRTH_NAME, REFERRED_ON, FIELDS };
static const char *const field_words[FIELDS] = {"",      "family_name", "given_name", "born_on",    "sex",
                                                "phone", "email",       "commune",    "birth_name", "referred_on"};

/* ---- whose list */

/* Whom the single command takes for the prescriber; NULL: a facilitator who acts for no organisation. */
static const Types__Id *prescriber_of(const struct work *work, const struct persons_question *question)
{
        return question->prescriber != NULL ? question->prescriber : work->actor->organisation;
}

static bool open_list(struct work *work, struct beneficiaries_list *list, struct refusal *ret_refusal)
{
        char sender[ID_TEXT_SIZE] = "";
        const struct persons_question *question = list->question;
        const struct intake_spec spec = {PERSONS_LIST, tracking_batches(), field_words, FIELDS};
        const Types__Id *prescriber = prescriber_of(work, question);
        if (!referral_may_be_given(work, question->territory, question->prescriber, ret_refusal))
                return false;
        if (prescriber != NULL)
                id_format(id_of(prescriber), sender);
        const struct intake_for given = {
                .spec = &spec,
                .sent = question->list,
                .sender = arena_text(work->arena, sender),
                .territory = question->territory,
                .words = dated_on(&tracking_of(work)->persons_words, work->today),
        };
        const struct columns *columns = &list->intake.columns;
        return intake_open(work, &given, &list->intake, ret_refusal) &&
               columns_need(columns, FAMILY_NAME, "le nom", ret_refusal) &&
               columns_need(columns, GIVEN_NAME, "le prénom", ret_refusal) &&
               columns_need(columns, BORN_ON, "la date de naissance", ret_refusal);
}

/* ---- the cells of a row */

struct reading {
        const struct beneficiaries_list *list;
        struct row_reading row;
        Tracking__ReferBeneficiary *command;
};

/* "1990", "05/1990": what is known of it, which is less than a day. */
static bool read_part(const char *cell, struct arena *arena, char **ret)
{
        struct birth part;
        size_t size = strlen(cell);
        char *text = size == sizeof("05/1990") - 1 && (cell[2] == '/' || cell[2] == '.')
                             ? arena_printf(arena, "%.4s-%.2s", cell + 3, cell)
                             : arena_text(arena, cell);
        if (!birth_parse(text, &part))
                return false;
        *ret = text;
        return true;
}

static void read_born_on(struct reading *r)
{
        const char *cell = row_cell(&r->row, BORN_ON);
        struct day day;
        if (cell != NULL && cell_day(cell, &day))
                r->command->identity->born_on = day_to(r->row.arena, day);
        else if (cell == NULL || !read_part(cell, r->row.arena, &r->command->identity->born_in))
                row_wrong(&r->row, BORN_ON, "",
                          cell == NULL ? "La date de naissance manque : écrivez-la, comme « 12/03/1987 », ou l'année "
                                         "seule si rien d'autre n'est connu."
                                       : "Date de naissance non comprise : écrivez « 12/03/1987 », l'année en entier ; "
                                         "ou « 1987 », si seule l'année est connue.");
}

/* A dash, or words that say so: she has one name. An empty cell was forgotten. */
static void read_given_name(struct reading *r)
{
        static const char *const none[] = {"-", "—", "SNP", "snp", "sans prénom", "Sans prénom"};
        Tracking__Identity *identity = r->command->identity;
        identity->given_name = row_text(&r->row, GIVEN_NAME);
        for (size_t i = 0; i < ARRAY_SIZE(none) && !identity->one_name; i++)
                identity->one_name = strcmp(identity->given_name, none[i]) == 0;
        if (identity->one_name)
                identity->given_name = arena_text(r->row.arena, "");
}

static void read_sex(struct reading *r)
{
        const char *cell = row_cell(&r->row, SEX), *code = cell == NULL ? NULL : intake_value(&r->list->intake, cell);
        const ProtobufCEnumValue *sex =
                code == NULL ? NULL : protobuf_c_enum_descriptor_get_value_by_name(&tracking__sex__descriptor, code);
        if (sex != NULL)
                r->command->identity->sex = (Tracking__Sex)sex->value;
        else if (cell != NULL)
                row_wrong(&r->row, SEX, "", "Sexe non compris : écrivez F ou H.");
}

/* The day on which the prescriber really referred her; a cell that is empty, or no column: today. */
static void read_referred_on(struct reading *r)
{
        const char *cell = row_cell(&r->row, REFERRED_ON);
        struct day day;
        if (cell != NULL && cell_day(cell, &day))
                r->command->referred_on = day_to(r->row.arena, day);
        else if (cell != NULL)
                row_wrong(&r->row, REFERRED_ON, "",
                          "Jour de l'orientation non compris : écrivez « 02/11/2026 », l'année en entier ; ou laissez "
                          "vide, pour aujourd'hui.");
}

static void read_cells(struct reading *r)
{
        Tracking__Identity *identity = r->command->identity;
        identity->family_name = row_text(&r->row, FAMILY_NAME);
        identity->birth_name = row_text(&r->row, BIRTH_NAME);
        identity->phone = row_text(&r->row, PHONE);
        identity->email = row_text(&r->row, EMAIL);
        identity->commune = row_text(&r->row, COMMUNE);
        read_given_name(r);
        read_born_on(r);
        read_sex(r);
        read_referred_on(r);
}

/* ---- what it would do */

/* Whom the same prescriber has referred before in this department, by her names and all that is known of her birth. A
 * file that is archived is none to go on with. */
static bool is_known(const struct reading *r, const Tracking__PersonDigests *digests, struct id *ret)
{
        const struct work *work = r->list->intake.work;
        const Types__Id *prescriber = prescriber_of(work, r->list->question);
        struct walk walk;
        bool is_found = false;
        identity_holders(work->txn, digests->same.data, &walk);
        for (size_t i = 0; i < HOLDERS_MAX && !is_found && walk_next(&walk, ret); i++) {
                const Tracking__BeneficiaryRow *row = tracking_beneficiary(work->txn, *ret, r->row.arena);
                is_found = row != NULL && !row->archived && strcmp(row->territory, r->list->question->territory) == 0 &&
                           id_equal(id_of(row->prescriber), id_of(prescriber));
        }
        walk_end(&walk);
        return is_found;
}

static Types__RowOutcome outcome_of(struct reading *r, const Tracking__PersonDigests *digests, struct judged *judged)
{
        const struct intake *intake = &r->list->intake;
        struct refusal refusal;
        struct id id;

        if (r->row.error_count > 0)
                return TYPES__ROW_OUTCOME__ROW_REJECTED;
        if (!validate_message(&r->command->base, intake->work->today, &refusal) ||
            !referral_is_sound(r->command, intake->work->today, &refusal)) {
                intake_refuse_row(intake, &r->row, &refusal, FAMILY_NAME);
                return TYPES__ROW_OUTCOME__ROW_REJECTED;
        }
        if (!is_known(r, digests, &id))
                return TYPES__ROW_OUTCOME__ROW_CREATED;
        judged->id = id_to(r->row.arena, id);
        return TYPES__ROW_OUTCOME__ROW_UNCHANGED;
}

/* What tells two rows of one list that are the same. Security: an answer is kept, and no digest is to be in it: with a
 * key of the moment. */
static char *name_of_row(const struct beneficiaries_list *list, const Tracking__PersonDigests *digests,
                         struct arena *arena)
{
        uint8_t hash[DIGEST_SIZE];
        char name[2 * DIGEST_SIZE + 1];
        require(crypto_generichash(hash, sizeof(hash), digests->same.data, DIGEST_SIZE, list->moment,
                                   sizeof(list->moment)) == 0);
        return arena_text(arena, sodium_bin2hex(name, sizeof(name), hash, sizeof(hash)));
}

/* Security: an answer is kept for who asks again, in clear. */
static void leave_out_cells(struct row_reading *row)
{
        for (size_t i = 0; i < row->error_count; i++)
                row->errors[i]->cell = arena_text(row->arena, "");
}

static void judge_row(struct beneficiaries_list *list, size_t index)
{
        struct arena *arena = list->intake.work->arena;
        struct reading r = {
                .list = list,
                .row = row_begin(&list->intake.rows, list->intake.sent->rows[index], arena),
                .command = pb_new(&tracking__refer_beneficiary__descriptor, arena),
        };
        struct judged judged = {.outcome = TYPES__ROW_OUTCOME__ROW_EMPTY};
        r.command->identity = pb_new(&tracking__identity__descriptor, arena);
        r.command->territory = arena_text(arena, list->question->territory);
        r.command->prescriber = (Types__Id *)(uintptr_t)list->question->prescriber;
        r.command->need_id = (Types__Id *)(uintptr_t)list->question->need_id;
        if (row_count_told(&r.row) > 0) {
                read_cells(&r);
                list->rows[index].digests =
                        digests_of(tracking_of(list->intake.work)->digests, r.command->identity, arena);
                judged.name = name_of_row(list, list->rows[index].digests, arena);
                judged.outcome = outcome_of(&r, list->rows[index].digests, &judged);
        }
        leave_out_cells(&r.row);
        judged.errors = r.row.errors;
        judged.error_count = r.row.error_count;
        list->rows[index].command = r.command;
        list->rows[index].is_taken = intake_judge(&list->intake, index, &judged);
}

bool persons_list_judge(struct work *work, const struct persons_question *question, struct beneficiaries_list *ret,
                        struct refusal *ret_refusal)
{
        *ret = (struct beneficiaries_list){.question = question};
        if (!open_list(work, ret, ret_refusal))
                return false;
        size_t count = ret->intake.sent->n_rows;
        randombytes_buf(ret->moment, sizeof(ret->moment));
        ret->rows = arena_zalloc(work->arena, (count + 1) * sizeof(*ret->rows));
        for (size_t i = 0; i < count; i++)
                judge_row(ret, i);
        return true;
}
