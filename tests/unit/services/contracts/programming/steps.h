/* steps.h: steps of this room's tests, on top of the daemon's fixture: a contract in preparation, an obligation check.
 */
#ifndef TESTS_UNIT_SERVICES_CONTRACTS_PROGRAMMING_STEPS_H
#define TESTS_UNIT_SERVICES_CONTRACTS_PROGRAMMING_STEPS_H

#include "common/service/batches.h"
#include "tests/unit/services/contracts/fixture.h"

/* A contract of ours: works, 6,000,000 €, for eight months. */
static inline Contracts__OpenContract *works_to_open(struct fixture *f)
{
        Contracts__OpenContract *command = pb_new(&contracts__open_contract__descriptor, &f->arena);
        command->record = a_record(f);
        command->record->amount = euros(f, 6000000);
        command->record->duration_months = 8;
        return command;
}

static inline Types__Id *opened(struct fixture *f, Contracts__OpenContract *command)
{
        const Contracts__OpenContractReply *reply = fixture_get(f, facilitator(f), "OpenContract", command);
        return reply->contract_id;
}

/* What the contract itself does not say. */
static inline Contracts__ObligationFacts *launched(struct fixture *f, int year, int month, int day)
{
        Contracts__ObligationFacts *facts = pb_new(&contracts__obligation_facts__descriptor, &f->arena);
        facts->launch_on = a_day(f, year, month, day);
        return facts;
}

static inline const Contracts__ObligationCheck *check_obligation(struct fixture *f, const Wire__Passport *actor,
                                                                 Types__Id *contract, Contracts__ObligationFacts *facts)
{
        Contracts__CheckObligationRequest query = CONTRACTS__CHECK_OBLIGATION_REQUEST__INIT;
        query.contract_id = contract;
        query.facts = facts;
        return fixture_get(f, actor, "CheckObligation", &query);
}

static inline Contracts__RecordDerogation *derogation_of(struct fixture *f, Types__Id *contract)
{
        Contracts__RecordDerogation *command = pb_new(&contracts__record_derogation__descriptor, &f->arena);
        command->contract_id = contract;
        command->ground = arena_text(&f->arena, "LIEN_INSUFFISANT");
        command->reason = arena_text(&f->arena, "Le chantier se fait par des robots, sans personne sur place.");
        command->facts = launched(f, 2027, 2, 1);
        return command;
}

static inline const Contracts__ContractFactsReply *facts_of_contract(struct fixture *f, const Wire__Passport *actor,
                                                                     Types__Id *contract)
{
        Contracts__ContractFactsRequest query = CONTRACTS__CONTRACT_FACTS_REQUEST__INIT;
        query.contract_id = contract;
        return fixture_get(f, actor, "ContractFacts", &query);
}

/* ---- a list: cells of a row are separated by '|' */

static inline char **cells_of(struct fixture *f, const char *text, size_t *ret_count)
{
        char *rest = arena_text(&f->arena, text), **cells = NULL, *one;
        *ret_count = 0;
        while ((one = strsep(&rest, "|")) != NULL) {
                cells = pb_append(cells, ret_count, sizeof(*cells), &f->arena);
                cells[*ret_count - 1] = one;
        }
        return cells;
}

static inline Contracts__ImportProgramme *a_list(struct fixture *f, const char *header)
{
        Contracts__ImportProgramme *command = pb_new(&contracts__import_programme__descriptor, &f->arena);
        command->buyer_siret = arena_text(&f->arena, BUYER_SIRET);
        command->buyer_name = arena_text(&f->arena, "Ville de Castelnau");
        command->year = 2027;
        command->territory = arena_text(&f->arena, "31");
        command->list = pb_new(&types__sent_list__descriptor, &f->arena);
        command->list->header = cells_of(f, header, &command->list->n_header);
        command->list->file_name = arena_text(&f->arena, "programme.csv");
        command->list->is_last = true;
        return command;
}

static inline void add_row(struct fixture *f, Contracts__ImportProgramme *command, const char *cells)
{
        Types__SentList *list = command->list;
        Types__ListRow *row = pb_new(&types__list_row__descriptor, &f->arena);
        list->rows = pb_append(list->rows, &list->n_rows, sizeof(*list->rows), &f->arena);
        list->rows[list->n_rows - 1] = row;
        row->number = (uint32_t)list->n_rows + 1; /* the header is the first */
        row->cells = cells_of(f, cells, &row->n_cells);
}

static inline void of_file(struct fixture *f, Contracts__ImportProgramme *command, uint8_t byte)
{
        uint8_t *hash = arena_alloc(&f->arena, BATCH_HASH_SIZE);
        memset(hash, byte, BATCH_HASH_SIZE);
        command->list->file_hash = pb_bytes(slice_of(hash, BATCH_HASH_SIZE));
}

#define LIST_HEADER  "Réf.|Intitulé|CPV|Montant HT|Durée|Lancement|Nature|Lieu|Contact"
#define SCHOOL_CELLS "Extension de l'école Jean-Jaurès|45210000|1,2 M€|14 mois|T2 2027|Travaux|31000 Toulouse"
#define SCHOOL       "A1|" SCHOOL_CELLS "|Mme Rivière"
#define CLEANING     "A2|Nettoyage des locaux|90910000|900 000 €|4 ans|01/03/2027|Services|31000 Toulouse|"

static inline Contracts__ImportProgramme *two_lines(struct fixture *f)
{
        Contracts__ImportProgramme *command = a_list(f, LIST_HEADER);
        add_row(f, command, SCHOOL);
        add_row(f, command, CLEANING);
        return command;
}

static inline const Types__ListReport *import_list(struct fixture *f, Contracts__ImportProgramme *command)
{
        const Contracts__ImportProgrammeReply *reply = fixture_get(f, facilitator(f), "ImportProgramme", command);
        f->world.now_ms_value++;
        return reply->report;
}

static inline Contracts__UndoProgrammeImport *undo_of(struct fixture *f, Types__Id *batch)
{
        Contracts__UndoProgrammeImport *command = pb_new(&contracts__undo_programme_import__descriptor, &f->arena);
        command->batch_id = batch;
        command->reason = arena_text(&f->arena, "mauvais fichier");
        return command;
}

static inline const Types__UndoReport *undo_list(struct fixture *f, Types__Id *batch)
{
        const Contracts__UndoProgrammeImportReply *reply =
                fixture_get(f, facilitator(f), "UndoProgrammeImport", undo_of(f, batch));
        f->world.now_ms_value++;
        return reply->report;
}

static inline const Contracts__ProgrammeReply *programme(struct fixture *f, const Wire__Passport *actor, bool assessed)
{
        Contracts__ProgrammeRequest query = CONTRACTS__PROGRAMME_REQUEST__INIT;
        query.buyer_siret =
                actor->role == TYPES__ROLE__BUYER ? arena_text(&f->arena, "") : arena_text(&f->arena, BUYER_SIRET);
        query.year = 2027;
        query.with_assessments = assessed;
        return fixture_get(f, actor, "Programme", &query);
}

#endif
