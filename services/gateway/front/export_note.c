#include "services/gateway/front/export_note.h"

#include <stdlib.h>
#include <string.h>

#include "accounts/exports.pb-c.h"
#include "common/base/require.h"
#include "common/base/text.h"
#include "common/codec/json.h"
#include "services/gateway/front/answer.h"
#include "services/gateway/front/own_call.h"
#include "services/gateway/front/problem.h"

enum { WHAT_CHARACTERS = 500 };

bool export_is(const struct catalogue_method *method)
{
        return strcmp(method->service->name, "contracts") == 0 && strcmp(method->method->name, "DecpExport") == 0;
}

static void on_noted(void *argument, const struct own_answer *answer)
{
        const struct export_note *note = argument;
        struct refusal refusal;
        if (answer->body != NULL) {
                note->then(note->argument);
                return;
        }
        if (answer->refusal != NULL) {
                answer_problem(note->request, problem_status(answer->refusal->code), answer->refusal, NULL);
                return;
        }
        (void)refuse(
                &refusal, TYPES__REFUSAL_CODE__UNAVAILABLE, "",
                "Qui emporte un fichier est noté d'abord, et le service des comptes ne répond pas : réessayez dans "
                "un instant.");
        answer_refusal(note->request, 504, &refusal, NULL);
}

static char *json_text(const ProtobufCMessage *message, struct arena *arena)
{
        json_t *json = json_of_message(message);
        char *dumped = json_dumps(json, JSON_COMPACT);
        require(dumped != NULL);
        char *text = arena_text(arena, dumped);
        free(dumped);
        json_decref(json);
        text[utf8_cut(text, WHAT_CHARACTERS)] = '\0';
        return text;
}

void export_note(const struct export_note *note)
{
        struct arena *arena = http_arena(note->request);
        struct export_note *kept = arena_alloc(arena, sizeof(*kept));
        Accounts__NoteExport command = ACCOUNTS__NOTE_EXPORT__INIT;
        *kept = *note;
        command.method = arena_printf(arena, "%s.%s", note->method->service->name, note->method->method->name);
        command.form = (char *)(uintptr_t)note->form;
        command.what = json_text(note->message, arena);
        const struct own_call call = {.gateway = note->gateway,
                                      .arena = arena,
                                      .method = "accounts.NoteExport",
                                      .request = &command.base,
                                      .done = on_noted,
                                      .argument = kept,
                                      .passport = note->passport};
        own_call(&call);
}
