/* steps.h: lists of running contracts, for the tests of the room. Cells of a row are separated by '|'. Today is
 * 18 October 2026. */
#ifndef TESTS_UNIT_SERVICES_CONTRACTS_RUNNING_STEPS_H
#define TESTS_UNIT_SERVICES_CONTRACTS_RUNNING_STEPS_H

#include "tests/unit/services/contracts/programming/steps.h"

#define RUNNING_HEADER                                                                                                   \
        "N° de marché|SIRET acheteur|Objet|Montant HT|Notifié le|Fin|Lot|SIRET titulaire|Titulaire|Heures dues|Mois|" \
        "Heures réalisées|Modalité|SIRET structure|Matricule|Dossier de contrôle|Dossier ouvert le"
#define SCHOOL_IS    "2025-014|" BUYER_SIRET "|Extension de l'école|1 200 000 €|15/03/2025|14/03/2027"
#define SCHOOL_AGAIN "2025-014|" BUYER_SIRET "||||"
#define PAINTER      CONTRACTOR_SIRET "|Peintures du Lauragais|1 820"
#define MASON_SIRET  "38012986646850"

static inline Contracts__ImportRunning *a_running_list(struct fixture *f, const char *header)
{
        Contracts__ImportRunning *command = pb_new(&contracts__import_running__descriptor, &f->arena);
        command->territory = arena_text(&f->arena, "31");
        command->list = pb_new(&types__sent_list__descriptor, &f->arena);
        command->list->header = cells_of(f, header, &command->list->n_header);
        command->list->file_name = arena_text(&f->arena, "reprise.csv");
        command->list->is_last = true;
        return command;
}

static inline Types__ListRow *add_running(struct fixture *f, Contracts__ImportRunning *command, const char *cells)
{
        Types__SentList *list = command->list;
        Types__ListRow *row = pb_new(&types__list_row__descriptor, &f->arena);
        list->rows = pb_append(list->rows, &list->n_rows, sizeof(*list->rows), &f->arena);
        list->rows[list->n_rows - 1] = row;
        row->number = (uint32_t)list->n_rows + 1; /* the header is the first */
        row->cells = cells_of(f, cells, &row->n_cells);
        return row;
}

/* One contract, one holder, three months of two persons. */
static inline Contracts__ImportRunning *a_school(struct fixture *f)
{
        Contracts__ImportRunning *command = a_running_list(f, RUNNING_HEADER);
        (void)add_running(f, command, SCHOOL_IS "|Lot 2 - peinture|" PAINTER "|avril 2025|151h40|CDD||A.B.||");
        (void)add_running(f, command, SCHOOL_AGAIN "||||| 05/2025|151,67|||A.B.||");
        (void)add_running(f, command, SCHOOL_AGAIN "|||||mai 2025|70|||C.D.||");
        return command;
}

static inline const Types__ListReport *take_running(struct fixture *f, Contracts__ImportRunning *command)
{
        const Contracts__ImportRunningReply *reply = fixture_get(f, facilitator(f), "ImportRunning", command);
        f->world.now_ms_value++;
        return reply->report;
}

static inline const Contracts__PreviewRunningReply *preview_running(struct fixture *f,
                                                                    Contracts__ImportRunning *command)
{
        Contracts__PreviewRunningRequest query = CONTRACTS__PREVIEW_RUNNING_REQUEST__INIT;
        query.running = command;
        return fixture_get(f, facilitator(f), "PreviewRunning", &query);
}

static inline const Contracts__ContractView *see_contract(struct fixture *f, Types__Id *contract)
{
        Contracts__ContractById query = CONTRACTS__CONTRACT_BY_ID__INIT;
        query.contract_id = contract;
        return fixture_get(f, coordinator(f), "ContractById", &query);
}

/* What is wrong with the row of that number, its first cell. */
static inline const Types__CellError *rejected(const Types__ListReport *report, size_t row)
{
        assert_int_equal(report->rows[row]->outcome, TYPES__ROW_OUTCOME__ROW_REJECTED);
        assert_true(report->rows[row]->n_errors > 0);
        return report->rows[row]->errors[0];
}

static inline Contracts__UndoRunningImport *undo_running_of(struct fixture *f, Types__Id *batch)
{
        Contracts__UndoRunningImport *command = pb_new(&contracts__undo_running_import__descriptor, &f->arena);
        command->batch_id = batch;
        command->reason = arena_text(&f->arena, "mauvais fichier");
        return command;
}

static inline const Types__UndoReport *undo_running(struct fixture *f, Types__Id *batch)
{
        const Contracts__UndoRunningImportReply *reply =
                fixture_get(f, facilitator(f), "UndoRunningImport", undo_running_of(f, batch));
        f->world.now_ms_value++;
        return reply->report;
}

#endif
