#include "services/gateway/front/api_table.h"

#include "common/base/limits.h"
#include "common/base/require.h"
#include "common/base/text.h"
#include "common/codec/catalogue.h"
#include "common/codec/description.h"
#include "common/codec/types.h"
#include "common/import/json_scan.h"
#include "services/gateway/front/answer.h"
#include "services/gateway/front/visit.h"

/* ---- who may */

uint32_t api_table_roles(void)
{
        uint32_t roles = 0;
        for (size_t i = 0; i < method_roles_count; i++) {
                struct catalogue_method method;
                if (catalogue_method(method_roles[i].method, &method) && catalogue_holds_rows(&method))
                        roles |= method_roles[i].roles;
        }
        return roles;
}

/* ---- refusals */

static void refuse_as(struct http_request *request, int status, Types__RefusalCode code, const char *text)
{
        static const struct http_header later[] = {{"Retry-After", "5"}, {NULL, NULL}};
        struct refusal refusal;
        (void)refuse(&refusal, code, "", "%s", text);
        answer_refusal(request, status, &refusal, status == 429 || status == 503 ? later : NULL);
}

static void refuse_place(struct http_request *request, enum child_refusal why)
{
        switch (why) {
        case CHILD_OWN_BUSY:
                refuse_as(request, 429, TYPES__REFUSAL_CODE__UNAVAILABLE,
                          "Un autre fichier est en cours de lecture pour votre compte : attendez qu'il soit lu.");
                return;
        case CHILD_ALL_BUSY:
                refuse_as(request, 503, TYPES__REFUSAL_CODE__UNAVAILABLE,
                          "Plusieurs fichiers sont en cours de lecture : réessayez dans quelques secondes.");
                return;
        case CHILD_NO_MEMORY:
                refuse_as(request, 503, TYPES__REFUSAL_CODE__UNAVAILABLE,
                          "Ce service manque de place pour lire un fichier : réessayez dans quelques minutes.");
                return;
        case CHILD_TAKEN: break;
        }
        require(!"a place that was taken is refused to nobody");
}

/* ---- before the file */

static void on_gone(void *job)
{
        child_drop(job);
}

/* Security: who it is and that there is room is known before a byte of the file is kept. */
void api_table_greet(struct visit *visit)
{
        const Wire__Passport *passport = visit->session->passport;
        struct child_job *job;
        if ((api_table_roles() & 1u << passport->role) == 0) {
                refuse_as(visit->request, 403, TYPES__REFUSAL_CODE__NOT_ALLOWED,
                          "Aucune liste n'est prise de votre rôle : demandez à votre facilitateur de l'importer.");
                return;
        }
        enum child_refusal why = child_take(visit->gateway->tables, id_of(passport->account), &job);
        if (why != CHILD_TAKEN)
                refuse_place(visit->request, why);
        else
                http_take_file(visit->request, (struct http_file){child_file(job), job, on_gone});
}

/* ---- the file is there */

/* One JSON object that begins as a table does, to its last bracket, and a line end: in UTF-8. */
static bool is_table(struct slice text)
{
        return text.size > 0 && text.data[text.size - 1] == '\n' &&
               slice_starts_with(text, slice_of_text("{\"table\":{\"encoding\":")) &&
               json_scan_value(text, false) == text.size - 1 && utf8_valid((const char *)text.data, text.size);
}

const struct child_task api_table_task = {NULL, LIMIT_TABLE_BYTES, is_table};

static void on_read(void *argument, enum child_outcome outcome, struct slice text)
{
        struct http_request *request = argument;
        struct arena *arena = http_arena(request);
        const struct http_response response = {
                .status = 200,
                .body = arena_copy_slice(arena, text),
                .headers = {{"Content-Type", "application/json; charset=utf-8"}, {"Cache-Control", "no-store"}},
        };
        switch (outcome) {
        case CHILD_DONE: http_answer(request, &response); return;
        case CHILD_SAYS_NO:
                refuse_as(request, 400, TYPES__REFUSAL_CODE__MALFORMED,
                          arena_printf(arena, "%.*s", (int)text.size, (const char *)text.data));
                return;
        case CHILD_LATE:
                refuse_as(
                        request, 400, TYPES__REFUSAL_CODE__TOO_LARGE,
                        "Ce fichier demande trop de temps à lire : enregistrez la liste seule en CSV, ou coupez-la en "
                        "plusieurs fichiers.");
                return;
        case CHILD_BROKEN:
                refuse_as(request, 400, TYPES__REFUSAL_CODE__MALFORMED,
                          "Ce fichier n'a pas pu être lu jusqu'au bout : ouvrez-le dans votre tableur, enregistrez la "
                          "liste en CSV et donnez ce nouveau fichier.");
                return;
        case CHILD_NOT_STARTED:
                refuse_as(request, 503, TYPES__REFUSAL_CODE__UNAVAILABLE,
                          "La lecture de fichiers ne marche pas sur ce serveur : prévenez l'exploitant du réseau.");
                return;
        }
}

void api_table(struct visit *visit)
{
        struct child_job *job = http_file_context(visit->request);
        if (job == NULL) {
                refuse_as(visit->request, 400, TYPES__REFUSAL_CODE__MALFORMED,
                          "Ce fichier est vide : choisissez celui de votre liste.");
                return;
        }
        child_start(job, &api_table_task, on_read, visit->request);
}
