#include "services/gateway/front/api_print.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "common/base/limits.h"
#include "services/gateway/front/answer.h"

/* ---- what is wanted */

bool print_wished(char *method, struct print_wish *ret, struct refusal *ret_refusal)
{
        static const char final[] = "final.";
        char *ending = strchr(method, '.');
        struct print_wish wish = {0};
        if (ending == NULL) {
                *ret = wish;
                return true;
        }
        *ending++ = '\0';
        wish.is_final = strncmp(ending, final, sizeof(final) - 1) == 0;
        wish.form = document_form_of(ending + (wish.is_final ? sizeof(final) - 1 : 0));
        *ret = wish;
        return wish.form != NULL || refuse(ret_refusal, TYPES__REFUSAL_CODE__UNKNOWN_METHOD, "",
                                           "Un document se demande en .txt, .html, .pdf ou .odt : « .%.20s » n'en est "
                                           "pas.",
                                           ending);
}

bool print_admits(const struct catalogue_method *method, struct refusal *ret_refusal)
{
        return document_is_in(method->method->output) ||
               refuse(ret_refusal, TYPES__REFUSAL_CODE__UNKNOWN_METHOD, "",
                      "La réponse à « %.100s » n'est pas un document : demandez-la sans « .pdf ».",
                      method->method->name);
}

/* ---- answers */

static void refuse_print(const struct printing *printing, int status, const char *text)
{
        const struct http_header more[] = {{"Retry-After", "5"},
                                           {printing->key == NULL ? NULL : "Idempotency-Key", printing->key}};
        struct refusal refusal;
        (void)refuse(&refusal, TYPES__REFUSAL_CODE__UNAVAILABLE, "", "%s", text);
        answer_refusal(printing->request, status, &refusal, more);
}

static void answer_file(const struct printing *printing, struct slice bytes)
{
        struct arena *arena = http_arena(printing->request);
        const struct http_response response = {
                .status = 200,
                .body = bytes,
                .headers = {{"Content-Type", printing->wish.form->type},
                            {"Content-Disposition", arena_printf(arena, "attachment; filename=\"%s.%s\"",
                                                                 printing->name, printing->wish.form->ending)},
                            {"Cache-Control", "no-store"},
                            {printing->key == NULL ? NULL : "Idempotency-Key", printing->key}},
        };
        http_answer(printing->request, &response);
}

/* ---- by a child */

static bool is_pdf(struct slice said)
{
        return slice_starts_with(said, slice_of_text("%PDF-"));
}

static bool is_zip(struct slice said)
{
        return slice_starts_with(said, slice_of_text("PK"));
}

static const struct child_task *task_of(const struct document_form *form)
{
        static const struct child_task tasks[] = {{"pdf", LIMIT_TABLE_BYTES, is_pdf},
                                                  {"odt", LIMIT_TABLE_BYTES, is_zip}};
        return strcmp(form->ending, tasks[0].argument) == 0 ? &tasks[0] : &tasks[1];
}

/* A document on its way through a child. */
struct print_job {
        const struct printing *printing;
        struct child_job *child;
};

static void on_printed(void *argument, enum child_outcome outcome, struct slice text)
{
        struct print_job *job = argument;
        struct slice bytes = arena_copy_slice(http_arena(job->printing->request), text);
        child_drop(job->child);
        if (outcome == CHILD_DONE)
                answer_file(job->printing, bytes);
        else
                refuse_print(job->printing, 503,
                             "Ce document n'a pas pu être mis en page : demandez-le en .html ou en .txt, et prévenez "
                             "l'exploitant du réseau.");
}

/* To a file of memory alone: it takes all, or there is no memory. */
static bool give(int file, const char *html)
{
        for (size_t left = strlen(html); left > 0;) {
                ssize_t size = write(file, html, left);
                if (size < 0 && errno != EINTR)
                        return false;
                if (size > 0) {
                        html += size;
                        left -= (size_t)size;
                }
        }
        return true;
}

static void print_by_child(const struct printing *printing, const char *html)
{
        struct print_job *job = arena_zalloc(http_arena(printing->request), sizeof(*job));
        enum child_refusal why = child_take(printing->gateway->prints, printing->account, &job->child);
        if (why != CHILD_TAKEN) {
                refuse_print(printing, why == CHILD_OWN_BUSY ? 429 : 503,
                             "Un autre document est en cours de mise en page : réessayez dans quelques secondes.");
                return;
        }
        job->printing = printing;
        if (give(child_file(job->child), html)) {
                child_start(job->child, task_of(printing->wish.form), on_printed, job);
                return;
        }
        child_drop(job->child);
        refuse_print(printing, 503, "Ce service manque de place : réessayez dans quelques minutes.");
}

void print_reply(const struct printing *printing, const ProtobufCMessage *reply)
{
        const struct document_form *form = printing->wish.form;
        struct document document;
        if (!document_of_reply(reply, &document)) {
                struct refusal refusal;
                (void)refuse(&refusal, TYPES__REFUSAL_CODE__NOT_FOUND, "",
                             "Il n'y a pas encore de document : ce qui vient avant n'est pas fait.");
                answer_refusal(printing->request, 404, &refusal, NULL);
                return;
        }
        const char *text = form->write(&document, !printing->wish.is_final, http_arena(printing->request));
        if (form->command == NULL)
                answer_file(printing, slice_of_text(text));
        else
                print_by_child(printing, text);
}
