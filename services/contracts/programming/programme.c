/* programme: a page of a buyer's programme of a year, in the order of its list, with the obligation check of each line,
 * and how well the levers fit where it is asked for.
 * Caller: facilitator, coordinator, auditor; buyer: its own.  Refuses: INVALID_FIELD (buyer_siret, year), NOT_ALLOWED.
 */
#include "services/contracts/programming/programming.h"

#include <string.h>

#include "common/base/text.h"
#include "services/contracts/access.h"
#include "services/contracts/programming/line_view.h"

/* A page ends before it could outgrow a frame, however many lines were asked for. */
enum { PAGE_BYTES_MAX = 1024 * 1024, LINE_BYTES = 1024, ASSESSMENT_BYTES = 8 * 1024 };

/* Whose programme. False with *ret_refusal. */
static bool scope(const struct work *work, const Contracts__ProgrammeRequest *query, char ret_siret[SIRET_TEXT_SIZE],
                  struct refusal *ret_refusal)
{
        char own[SIRET_TEXT_SIZE];
        bool is_told = query->buyer_siret[0] != '\0';

        if (work->actor->role == TYPES__ROLE__BUYER) {
                /* Security: a buyer reads its own programme, whatever it asks. */
                if (!access_own_siret(work, own) || (is_told && strcmp(query->buyer_siret, own) != 0))
                        return refuse(ret_refusal, TYPES__REFUSAL_CODE__NOT_ALLOWED, "buyer_siret",
                                      "Vous ne consultez que le programme de votre organisation : laissez le SIRET "
                                      "vide.");
                memcpy(ret_siret, own, sizeof(own));
                return true;
        }
        if (!text_is_digits(query->buyer_siret, SIRET_TEXT_SIZE - 1))
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__INVALID_FIELD, "buyer_siret",
                              "Le SIRET de l'acheteur doit compter 14 chiffres, sans espace : corrigez-le.");
        memcpy(ret_siret, query->buyer_siret, SIRET_TEXT_SIZE);
        return true;
}

static size_t bytes_of(const Contracts__ProgrammeLineView *view)
{
        const Contracts__ProgrammeLine *line = view->line;
        return LINE_BYTES + strlen(line->title) + strlen(line->reference) + strlen(line->launch_text) +
               strlen(line->consideration) + strlen(view->contact) + (view->assessment != NULL ? ASSESSMENT_BYTES : 0);
}

static void add_lines(const struct work *work, struct walk *walk, const Contracts__ProgrammeRequest *query,
                      Contracts__ProgrammeReply *reply)
{
        uint32_t limit = page_limit(query->page);
        struct slice last = {0};
        size_t bytes = 0;
        struct id id;

        while (contracts_walk_next(walk, &id)) {
                if (page_ends(work, bytes < PAGE_BYTES_MAX ? reply->n_lines : limit, limit, last)) { /* there is more */
                        reply->next = pb_bytes(last);
                        return;
                }
                last = contracts_walk_cursor(walk, work->arena);
                Contracts__ProgrammeLineRow *row = programme_line_find(work->txn, work->arena, id);
                if (row == NULL)
                        continue;
                reply->lines = pb_append(reply->lines, &reply->n_lines, sizeof(*reply->lines), work->arena);
                reply->lines[reply->n_lines - 1] = line_view(work, row, query->with_assessments);
                bytes += bytes_of(reply->lines[reply->n_lines - 1]);
        }
}

struct reply handle_programme(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__ProgrammeRequest *query = (const Contracts__ProgrammeRequest *)message;
        char siret[SIRET_TEXT_SIZE];
        struct refusal refusal;
        struct walk walk;

        if (!scope(work, query, siret, &refusal))
                return reply_refusal(work, &refusal);
        Contracts__ProgrammeReply *reply = pb_new(&contracts__programme_reply__descriptor, work->arena);
        reply->settings = programme_settings_find(work->txn, work->arena, siret);
        programme_walk(work->txn, siret, query->year, page_after(query->page), &walk);
        add_lines(work, &walk, query, reply);
        contracts_walk_end(&walk);
        return reply_ok(work, reply);
}
