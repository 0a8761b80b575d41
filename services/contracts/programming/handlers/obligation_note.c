/* obligation_note: the check as a note that the buyer puts in its report on the procedure, or in the file.
 * Caller: facilitator, coordinator, auditor; buyer: its own.
 * Refuses: NOT_FOUND, NOT_ALLOWED, WRONG_STATE (a fact that decides is not told). */
#include "contracts/calls.h"
#include "services/contracts/programming/programming.h"

#include <string.h>

#include "common/base/french.h"
#include "services/contracts/agreements/letterhead.h"
#include "services/contracts/programming/loaded_line.h"
#include "services/contracts/record/context.h"
#include "common/texts/texts.h"

/* The text for each outcome; a derogation has its own. */
static const char *text_name(const Contracts__ObligationCheck *check, const Contracts__Derogation *derogation)
{
        if (check->duty == CONTRACTS__DUTY__DUTY_OPTIONAL)
                return "note_optional";
        return derogation != NULL ? "note_derogation" : "note_mandatory";
}

static char *lines_of(struct arena *arena, char *const *texts, size_t count)
{
        char *all = arena_text(arena, count > 0 ? "" : "aucun");
        for (size_t i = 0; i < count; i++)
                all = arena_printf(arena, "%s%s- %s", all, i > 0 ? "\n" : "", texts[i]);
        return all;
}

static char *grounds_of(struct arena *arena, const Contracts__ObligationCheck *check)
{
        char **texts = arena_alloc(arena, (check->n_grounds + 1) * sizeof(*texts));
        for (size_t i = 0; i < check->n_grounds; i++)
                texts[i] = arena_printf(arena, "%s. %s", check->grounds[i]->label, check->grounds[i]->why);
        return lines_of(arena, texts, check->n_grounds);
}

static const char *object_of(const struct loaded_line *loaded)
{
        if (loaded->record != NULL)
                return loaded->record->object;
        return loaded->line != NULL ? loaded->line->line->title : "contrat décrit dans la demande";
}

static const char *buyer_of(const struct work *work, const struct loaded_line *loaded)
{
        const char *siret = loaded->record != NULL ? loaded->record->buyer_siret
                            : loaded->line != NULL ? loaded->line->buyer_siret
                                                   : "";
        const Contracts__ProgrammeSettings *settings = programme_settings_find(work->txn, work->arena, siret);
        if (siret[0] == '\0')
                return "non dit";
        const char *name = settings != NULL && settings->buyer_name[0] != '\0' ? settings->buyer_name
                           : loaded->record != NULL                            ? loaded->record->buyer_name
                                                                               : "";
        return letterhead_name(work, siret, name);
}

static char *merge(const struct work *work, const struct loaded_line *loaded, const Contracts__ObligationCheck *check,
                   const Texts__Text *text, struct refusal *ret_refusal)
{
        const Contracts__Derogation *derogation = loaded_line_derogation(loaded);
        const struct text_field fields[] = {
                {"acheteur", buyer_of(work, loaded)},
                {"objet", object_of(loaded)},
                {"contrat", duty_contract_name(check->facts)},
                {"article", check->article},
                {"constats", lines_of(work->arena, check->reasons, check->n_reasons)},
                {"motifs", grounds_of(work->arena, check)},
                {"motif", derogation != NULL ? derogation->label : NULL},
                {"raison", derogation != NULL ? derogation->reason : NULL},
                {"decide_le", derogation != NULL ? french_day(work->arena, day_of(derogation->decided_on)) : NULL},
                {"date", french_day(work->arena, work->today)},
        };
        return text_merge(text, fields, ARRAY_SIZE(fields), work->arena, ret_refusal);
}

struct reply handle_obligation_note(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__ObligationNoteRequest *query = (const Contracts__ObligationNoteRequest *)message;
        struct loaded_line loaded;
        struct refusal refusal;

        if (!loaded_line_find(work, query->line_id, query->contract_id, &loaded, &refusal))
                return reply_refusal(work, &refusal);
        Contracts__ObligationNoteReply *reply = pb_new(&contracts__obligation_note_reply__descriptor, work->arena);
        reply->check = loaded_line_check(work, &loaded, query->facts);
        if (reply->check->duty == CONTRACTS__DUTY__DUTY_UNKNOWN)
                return reply_refuse(work, TYPES__REFUSAL_CODE__WRONG_STATE, reply->check->missing[0],
                                    "La note ne peut pas être établie. %s", reply->check->reasons[0]);
        const Texts__Text *text = text_find(rules_on(work, DATED_PROGRAMMING_TEXTS, work->today),
                                            text_name(reply->check, loaded_line_derogation(&loaded)));
        if (text == NULL)
                return reply_refuse(work, TYPES__REFUSAL_CODE__WRONG_STATE, "",
                                    "Le modèle de cette note manque : l'exploitant complète programming_texts.json.");
        reply->title = text->title;
        reply->text = merge(work, &loaded, reply->check, text, &refusal);
        return reply->text != NULL ? reply_ok(work, reply) : reply_refusal(work, &refusal);
}
