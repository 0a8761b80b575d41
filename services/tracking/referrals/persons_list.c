#include "services/tracking/referrals/persons_list.h"

#include <sodium.h>

#include "common/codec/validate.h"
#include "common/import/cells.h"
#include "services/tracking/persons/beneficiary.h"
#include "services/tracking/persons/referral.h"
#include "services/tracking/rules/context.h"

enum field { FAMILY_NAME = 1, GIVEN_NAME, BORN_ON, SEX, PHONE, EMAIL, COMMUNE, FIELDS };
static const char *const field_words[FIELDS] = {"",    "family_name", "given_name", "born_on",
                                                "sex", "phone",       "email",      "commune"};

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

static void read_born_on(struct reading *r)
{
        const char *cell = row_cell(&r->row, BORN_ON);
        struct day day;
        if (cell != NULL && cell_day(cell, &day))
                r->command->identity->born_on = day_to(r->row.arena, day);
        else
                row_wrong(&r->row, BORN_ON, "",
                          cell == NULL ? "La date de naissance manque : écrivez-la, comme « 12/03/1987 »."
                                       : "Date de naissance non comprise : écrivez « 12/03/1987 », l'année en entier.");
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

static void read_cells(struct reading *r)
{
        Tracking__Identity *identity = r->command->identity;
        identity->family_name = row_text(&r->row, FAMILY_NAME);
        identity->given_name = row_text(&r->row, GIVEN_NAME);
        identity->phone = row_text(&r->row, PHONE);
        identity->email = row_text(&r->row, EMAIL);
        identity->commune = row_text(&r->row, COMMUNE);
        read_born_on(r);
        read_sex(r);
}

/* ---- what it would do */

static Types__RowOutcome outcome_of(struct reading *r, const uint8_t *hash, struct judged *judged)
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
        if (!known_person_find(&r->list->known, hash, &id))
                return TYPES__ROW_OUTCOME__ROW_CREATED;
        judged->id = id_to(r->row.arena, id);
        return TYPES__ROW_OUTCOME__ROW_UNCHANGED;
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
        uint8_t hash[PERSON_HASH_SIZE];
        char name[2 * PERSON_HASH_SIZE + 1];
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
                person_hash(&list->known, r.command->identity, hash);
                judged.name = arena_text(arena, sodium_bin2hex(name, sizeof(name), hash, sizeof(hash)));
                judged.outcome = outcome_of(&r, hash, &judged);
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
        const struct whose_persons whose = {id_of(prescriber_of(work, question)), question->territory};
        size_t count = ret->intake.sent->n_rows;
        if (!known_persons_of(work, &whose, &ret->known, ret_refusal))
                return false;
        ret->rows = arena_zalloc(work->arena, (count + 1) * sizeof(*ret->rows));
        for (size_t i = 0; i < count; i++)
                judge_row(ret, i);
        return true;
}
