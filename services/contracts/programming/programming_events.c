#include "contracts/calls.h"
#include "services/contracts/programming/programming.h"

#include "common/store/stored.h"
#include "services/contracts/programming/duty.h"
#include "services/contracts/programming/levers.h"
#include "services/contracts/programming/programme_columns.h"
#include "services/contracts/programming/programming_rows.h"
#include "services/contracts/record/party_rows.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/rows.h"
#include "services/contracts/record/telling.h"

/* ---- a list */

/* Of before lists were batches: the mapping, which a batch tells since. */
static void remember_mapping(const struct change *change, const Contracts__ProgrammeSettings *settings)
{
        const struct batch_tables tables = contracts_batches();
        struct batch_mapping mapping = {PROGRAMME_LIST, settings->buyer_siret,
                                        arena_alloc(change->arena, settings->n_mapping * sizeof(*mapping.columns)), 0};
        for (size_t i = 0; i < settings->n_mapping; i++) {
                const Contracts__ColumnMapping *from = settings->mapping[i];
                if (from->field <= 0 || (int)from->field >= (int)PROGRAMME_FIELDS)
                        continue;
                Types__ListColumn *column = pb_new(&types__list_column__descriptor, change->arena);
                column->column = from->column;
                column->field = (char *)(uintptr_t)programme_fields[from->field];
                mapping.columns[mapping.count++] = column;
        }
        batch_remember(change, &tables, &mapping);
}

void apply_programme_imported(const struct change *change, const Contracts__ProgrammeImported *body)
{
        Contracts__ProgrammeSettings settings = *body->settings;
        if (settings.n_mapping > 0)
                remember_mapping(change, body->settings);
        settings.n_mapping = 0;
        programme_settings_put(change->txn, change->arena, &settings);
}

void tell_programme_imported(struct telling *telling, const Contracts__ProgrammeImported *body)
{
        tell(telling, "Programme %u de l'acheteur %s importé.", body->year,
             contracts_party_told(telling->txn, telling->arena, body->settings->buyer_siret, ""));
}

/* ---- batches, which stand in no history */

void apply_contracts_batch_imported(const struct change *change, const Types__BatchImported *body)
{
        const struct batch_tables tables = contracts_batches();
        batch_apply_imported(change, &tables, body);
}

void tell_contracts_batch_imported(struct telling *telling, const Types__BatchImported *body)
{
        tell(telling, "Liste importée : %u ligne(s) nouvelle(s), %u modifiée(s).", body->created, body->updated);
}

void apply_contracts_batch_undone(const struct change *change, const Types__BatchUndone *body)
{
        const struct batch_tables tables = contracts_batches();
        batch_apply_undone(change, &tables, body);
}

void tell_contracts_batch_undone(struct telling *telling, const Types__BatchUndone *body)
{
        tell(telling, "Import annulé : %u ligne(s) reprise(s), %u gardée(s).", body->taken_back, body->kept);
}

/* ---- a line */

static Contracts__ProgrammeLineRow *row_of(const struct change *change, Types__Id *line_id)
{
        Contracts__ProgrammeLineRow *row = programme_line_find(change->txn, change->arena, id_of(line_id));
        if (row == NULL) {
                row = pb_new(&contracts__programme_line_row__descriptor, change->arena);
                row->line_id = line_id;
        }
        return row;
}

/* The row of a line that is there; NULL only where the transaction has failed. */
static Contracts__ProgrammeLineRow *known_row(const struct change *change, const Types__Id *line_id)
{
        return line_id == NULL ? NULL : programme_line_find(change->txn, change->arena, id_of(line_id));
}

/* What it said, to be taken back; NULL: nothing, or nobody may. */
static Contracts__LineBefore *before_of(const struct change *change, const Contracts__ProgrammeLineRow *row)
{
        Contracts__LineBefore *before = pb_new(&contracts__line_before__descriptor, change->arena);
        before->row = row->row;
        before->line = row->line;
        before->contact = row->contact;
        before->contact_id = row->contact_id;
        before->sealed_contact = row->sealed_contact;
        before->told = row->told;
        return before;
}

static void put_contact(const struct change *change, const Contracts__ProgrammeLinePut *body,
                        Contracts__ProgrammeLineRow *row)
{
        row->contact_id = body->contact_id;
        row->sealed_contact = body->contact_id == NULL ? (ProtobufCBinaryData){0} : pb_bytes(change->event->sealed);
        row->contact = arena_text(change->arena, "");
        if (body->contact_id != NULL)
                return;
        const Contracts__LineContact *clear = /* of before it was sealed */
                pb_decode(&contracts__line_contact__descriptor, change->event->sealed, change->arena);
        require_stored(clear != NULL);
        row->contact = clear->contact;
}

void apply_programme_line_put(const struct change *change, const Contracts__ProgrammeLinePut *body)
{
        Contracts__ProgrammeLineRow *row = row_of(change, body->line_id);
        uint64_t told_before = row->before == NULL ? 0 : row->before->told;

        row->before = row->line != NULL && body->batch_id != NULL ? before_of(change, row) : NULL;
        row->told = body->restored ? told_before : change->event->number;
        row->buyer_siret = body->buyer_siret;
        row->year = body->year;
        row->row = body->row;
        row->line = body->line;
        put_contact(change, body, row);
        programme_line_put(change->txn, change->arena, row);
}

void apply_programme_line_taken_back(const struct change *change, const Contracts__ProgrammeLineTakenBack *body)
{
        const Contracts__ProgrammeLineRow *row = programme_line_find(change->txn, change->arena, id_of(body->line_id));
        if (row != NULL)
                programme_line_delete(change->txn, row);
}

void tell_programme_line_taken_back(struct telling *telling, const Contracts__ProgrammeLineTakenBack *body)
{
        (void)body;
        tell(telling, "L'import qui avait inscrit cette ligne est annulé : elle n'est plus au programme.");
}

static const char *told_launch(const Contracts__ProgrammeLine *line)
{
        return line->launch_text[0] != '\0' ? line->launch_text : "non dit";
}

static const char *told_months(struct telling *telling, const Contracts__ProgrammeLine *line)
{
        return line->duration_months == 0 ? "non dite" : arena_printf(telling->arena, "%u mois", line->duration_months);
}

void tell_programme_line_put(struct telling *telling, const Contracts__ProgrammeLinePut *body)
{
        const Contracts__ProgrammeLine *line = body->line, *old = body->previous;
        const char *amount = told_money(telling, line->amount), *months = told_months(telling, line);

        if (body->restored)
                tell(telling,
                     "L'import qui avait modifié la ligne est annulé : « %s », montant estimé %s HT, durée %s, "
                     "lancement %s.",
                     line->title, amount, months, told_launch(line));
        else if (old == NULL)
                tell(telling,
                     "Inscrit au programme %u de l'acheteur : « %s », montant estimé %s HT, durée %s, lancement %s.",
                     body->year, line->title, amount, months, told_launch(line));
        else
                tell(telling,
                     "Programme %u modifié par l'acheteur : « %s », montant estimé %s HT (avant : %s), durée %s (avant "
                     ": "
                     "%s), lancement %s (avant : %s).",
                     body->year, line->title, amount, told_money(telling, old->amount), months,
                     told_months(telling, old), told_launch(line), told_launch(old));
}

/* ---- the choice */

void apply_line_decided(const struct change *change, const Contracts__LineDecided *body)
{
        Contracts__ProgrammeLineRow *row = known_row(change, body->line_id);
        if (row == NULL)
                return;
        row->decision = body->decision;
        row->touched = change->event->number;
        programme_line_put(change->txn, change->arena, row);
}

void tell_line_decided(struct telling *telling, const Contracts__LineDecided *body)
{
        const Contracts__LineDecision *decision = body->decision;
        const char *status = decision->status == CONTRACTS__LINE_STATUS__LINE_DROPPED ? "abandonnée" : "retenue";
        if (decision->lever == CONTRACTS__LEVER__LEVER_UNKNOWN)
                tell(telling, "Ligne de programme %s, levier à choisir. Raison : %s", status, decision->reason);
        else if (decision->differs)
                tell(telling, "Ligne de programme %s, levier choisi : %s (l'analyse proposait : %s). Raison : %s",
                     status, lever_name(decision->lever), lever_name(decision->proposed), decision->reason);
        else
                tell(telling, "Ligne de programme %s, levier choisi : %s, comme l'analyse le proposait. Raison : %s",
                     status, lever_name(decision->lever), decision->reason);
}

/* ---- the derogation */

void apply_derogation_recorded(const struct change *change, const Contracts__DerogationRecorded *body)
{
        Contracts__ProgrammeLineRow *row = known_row(change, body->line_id);
        if (row != NULL) {
                row->derogation = body->derogation;
                row->touched = change->event->number;
                programme_line_put(change->txn, change->arena, row);
        }
        if (body->contract_id != NULL) {
                Contracts__ContractFile *file = contracts_file_of(change->txn, change->arena, body->contract_id);
                file->derogation = body->derogation;
                contracts_file_put(change->txn, change->arena, file);
        }
}

void tell_derogation_recorded(struct telling *telling, const Contracts__DerogationRecorded *body)
{
        const Contracts__Derogation *derogation = body->derogation;
        tell(telling, "Dérogation de l'acheteur à la considération sociale obligatoire, le %s, au motif « %s » : %s",
             told_day(telling, derogation->decided_on), derogation->label, derogation->reason);
}

/* ---- a contract is opened from a line */

bool programming_may_open(const struct work *work, const Types__Id *line_id, const Contracts__ContractRecord *record,
                          struct refusal *ret_refusal)
{
        if (line_id == NULL)
                return true;
        const Contracts__ProgrammeLineRow *row = programme_line_find(work->txn, work->arena, id_of(line_id));
        if (row == NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_FOUND, "programme_line_id",
                              "Cette ligne de programme n'est pas connue : vérifiez son identifiant.");
        if (strcmp(row->buyer_siret, record->buyer_siret) != 0)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "programme_line_id",
                              "Cette ligne est du programme de l'acheteur %s, le contrat est de %s : corrigez l'un des "
                              "deux.",
                              row->buyer_siret, record->buyer_siret);
        if (row->contract_id != NULL)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__ALREADY_EXISTS, "programme_line_id",
                              "Un contrat est déjà ouvert pour cette ligne : complétez-le plutôt.");
        return true;
}

/* What happened to the line is how the contract's life began. */
static void take_over_history(const struct change *change, struct id line, struct id contract)
{
        struct walk walk;
        uint64_t *numbers = NULL;
        size_t count = 0;

        contracts_walk_history(change->txn, line, WALK_UP, slice_of(NULL, 0), &walk);
        while (walk_step(&walk)) {
                numbers = pb_append(numbers, &count, sizeof(*numbers), change->arena);
                numbers[count - 1] = walk_number(&walk);
        }
        walk_end(&walk);
        for (size_t i = 0; i < count; i++)
                contracts_history_put(change->txn, contract, numbers[i]);
}

void programming_apply_opened(const struct change *change, const Types__Id *line_id, const Types__Id *contract_id)
{
        Contracts__ProgrammeLineRow *row = known_row(change, line_id);
        if (row == NULL)
                return;
        row->contract_id = (Types__Id *)(uintptr_t)contract_id;
        row->touched = change->event->number;
        programme_line_put(change->txn, change->arena, row);
        contracts_about_put(change->txn, id_of(contract_id), ABOUT_PROGRAMME_LINE, id_of(line_id));
        take_over_history(change, id_of(line_id), id_of(contract_id));
}
