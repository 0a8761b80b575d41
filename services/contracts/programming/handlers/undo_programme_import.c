/* undo_programme_import: what an import of a programme told is taken back where it still stands as it left it: a
 * line that it added goes, one that it changed says again what it said, its contact too. What was decided on meanwhile,
 * or changed by another list, stays, and is told row by row with why. Caller: facilitator (of the buyer's territory),
 * coordinator, operator; the buyer itself. Emits: ProgrammeLineTakenBack or ProgrammeLinePut a row, then BatchUndone.
 * Refuses: NOT_FOUND, NOT_ALLOWED, WRONG_STATE (batch_id). */
#include "contracts/calls.h"
#include "services/contracts/programming/programming.h"

#include "services/contracts/programming/line_contact.h"

/* Why the row stays; NULL: nothing speaks against taking it back. */
static const char *why_kept(const Contracts__ProgrammeLineRow *line, const Types__BatchRow *row)
{
        if (line == NULL)
                return "Cette ligne n'est plus au programme : il n'y a rien à reprendre.";
        if (line->told != row->event)
                return "Une autre liste a modifié cette ligne depuis : annulez d'abord cet import-là, ou envoyez la "
                       "liste qui convient.";
        if (line->touched > line->told)
                return "Un choix, une dérogation ou un contrat repose sur cette ligne : corrigez-la par une liste.";
        if (row->before.len > 0 && line->before == NULL)
                return "Ce que la ligne disait avant n'est plus connu : envoyez la liste qui convient.";
        return NULL;
}

static bool restore_before(struct work *work, const Contracts__ProgrammeLineRow *line)
{
        const Contracts__LineBefore *before = line->before;
        Contracts__ProgrammeLineRow stood = CONTRACTS__PROGRAMME_LINE_ROW__INIT;
        Contracts__ProgrammeLinePut body = CONTRACTS__PROGRAMME_LINE_PUT__INIT;
        struct line_contact contact;
        struct refusal refusal;

        stood.contact = before->contact;
        stood.contact_id = before->contact_id;
        stood.sealed_contact = before->sealed_contact;
        if (!line_contact_again(work, &stood, &contact, &refusal))
                return false;
        line_contact_forget(work, line);
        body.line_id = line->line_id;
        body.contract_id = line->contract_id;
        body.buyer_siret = line->buyer_siret;
        body.year = line->year;
        body.row = before->row;
        body.line = before->line;
        body.previous = line->line;
        body.contact_id = contact.id;
        body.restored = true;
        work_record_sealed(work, &body.base, contact.sealed);
        return true;
}

static const char *take_back_line(struct work *work, const Types__BatchRow *row, const Types__Id *batch)
{
        const Contracts__ProgrammeLineRow *line = programme_line_find(work->txn, work->arena, id_of(row->id));
        const char *why = why_kept(line, row);
        if (why != NULL)
                return why;
        if (row->before.len > 0)
                return restore_before(work, line) ? NULL
                                                  : "Le contact de cette ligne n'a pas pu être scellé de nouveau : "
                                                    "prévenez l'exploitant du réseau.";
        Contracts__ProgrammeLineTakenBack body = CONTRACTS__PROGRAMME_LINE_TAKEN_BACK__INIT;
        line_contact_forget(work, line);
        body.line_id = row->id;
        body.batch_id = (Types__Id *)(uintptr_t)batch;
        work_record(work, &body.base);
        return NULL;
}

struct reply handle_undo_programme_import(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__UndoProgrammeImport *command = (const Contracts__UndoProgrammeImport *)message;
        const struct batch_undo undo = {contracts_batches(), PROGRAMME_LIST, command->batch_id, command->reason,
                                        take_back_line};
        Contracts__UndoProgrammeImportReply *reply =
                pb_new(&contracts__undo_programme_import_reply__descriptor, work->arena);
        struct refusal refusal;

        if (!batch_take_back(work, &undo, &reply->report, &refusal))
                return reply_refusal(work, &refusal);
        return reply_ok(work, reply);
}
