/* programme: a page of a buyer's programme of a year, in the order of its list, with the obligation check of each line,
 * and how well the levers fit where it is asked for.
 * Caller: facilitator, coordinator, auditor; buyer: its own.  Refuses: INVALID_FIELD (buyer_siret, year), NOT_ALLOWED.
 */
#include "contracts/calls.h"
#include "services/contracts/programming/programming.h"

#include <string.h>

#include "common/base/text.h"
#include "common/service/page.h"
#include "services/contracts/programming/line_view.h"
#include "services/contracts/record/access.h"
#include "services/contracts/record/record_rows.h"
#include "services/contracts/record/rows.h"

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

struct reply handle_programme(struct work *work, const ProtobufCMessage *message)
{
        const Contracts__ProgrammeRequest *query = (const Contracts__ProgrammeRequest *)message;
        char siret[SIRET_TEXT_SIZE];
        Contracts__ProgrammeReply *reply = pb_new(&contracts__programme_reply__descriptor, work->arena);
        struct page page = page_begin(work, query->page, &reply->base);
        struct refusal refusal;
        struct walk walk;
        struct id id;

        if (!scope(work, query, siret, &refusal))
                return reply_refusal(work, &refusal);
        reply->settings = programme_settings_find(work->txn, work->arena, siret);
        programme_walk(work->txn, siret, query->year, page.after, &walk);
        while (page_next(&page, &walk, &id)) {
                Contracts__ProgrammeLineRow *row = programme_line_find(work->txn, work->arena, id);
                if (row != NULL)
                        page_add(&page, line_view(work, row, query->with_assessments));
        }
        return page_reply(&page);
}
