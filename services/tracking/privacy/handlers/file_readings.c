/* FileReadings: who opened persons' files, when and why, newest first. Asked by the auditor, the data protection
 * officer and the coordinator for their territories, and by a facilitator for one person of hers, who has the right to
 * know. The reason in words is unsealed with the person's key; where that is destroyed, who and when remain. */
#include <string.h>

#include "common/codec/dated.h"
#include "common/service/page.h"
#include "services/tracking/placements/scope.h"
#include "services/tracking/privacy/person_file.h"
#include "services/tracking/privacy/privacy_rows.h"
#include "services/tracking/privacy/reading.h"
#include "services/tracking/rules/context.h"
#include "tracking/calls.h"
#include "tracking/queries.pb-c.h"

enum { READINGS_MAX = 100 }; /* each costs a key and a seal: a page holds the loop for less than 2 ms */

static Tracking__FileReading *line_of(const struct work *work, const Tracking__ReadingRow *row)
{
        int err;
        const Tracking__ReadingVersion *rules = dated_on(&tracking_of(work)->readings, day_of_instant_ms(row->at_ms));
        Tracking__FileReading *line = pb_new(&tracking__file_reading__descriptor, work->arena);
        line->at = instant_to(work->arena, row->at_ms);
        line->account = row->account;
        line->user = row->user;
        line->beneficiary_id = row->beneficiary_id;
        line->territory = row->territory;
        line->document_id = row->document_id;
        line->exported = row->exported;
        line->sought = row->sought;
        line->reason_code = row->reason_code;
        line->reason_label = (char *)(uintptr_t)reading_label(rules, row->reason_code);
        const Tracking__ReadingNote *note =
                person_file_reading(work, id_of(row->beneficiary_id), pb_slice(row->sealed_reason), &err);
        line->reason_erased = !row->sought && (err == ERR_NOT_FOUND || row->sealed_reason.len == 0);
        if (note != NULL) {
                line->reason = note->reason;
                line->place = note->place;
        }
        return line;
}

/* Security: the person's territory then, line by line. */
static bool sees(const struct work *work, const Tracking__FileReadings *query, const Tracking__ReadingRow *row)
{
        return passport_covers(work->actor, row->territory) &&
               (query->territory[0] == '\0' || strcmp(query->territory, row->territory) == 0);
}

/* What is looked for: before any seal is opened. */
static bool is_asked(const Tracking__FileReadings *query, const Tracking__ReadingRow *row)
{
        struct day day = day_of_instant_ms(row->at_ms);
        if (query->account != NULL && (row->account == NULL || !id_equal(id_of(row->account), id_of(query->account))))
                return false;
        if (query->reason_code[0] != '\0' && strcmp(query->reason_code, row->reason_code) != 0)
                return false;
        return (query->from == NULL || day_number(day) >= query->from->days) &&
               (query->until == NULL || day_number(day) <= query->until->days);
}

struct reply handle_file_readings(struct work *work, const ProtobufCMessage *message)
{
        const Tracking__FileReadings *query = (const Tracking__FileReadings *)message;
        Tracking__FileReadingsReply *reply = pb_new(&tracking__file_readings_reply__descriptor, work->arena);
        struct page page = page_begin(work, query->page, &reply->base);
        struct id id = id_of(query->beneficiary_id);
        struct walk walk;

        if (work->actor->role == TYPES__ROLE__FACILITATOR && id_is_zero(id))
                return reply_refuse(work, TYPES__REFUSAL_CODE__INVALID_FIELD, "beneficiary_id",
                                    "Nommez la personne qui veut savoir qui a ouvert son dossier ; la liste de "
                                    "toutes les ouvertures est celle de l'audit.");
        page_at_most(&page, READINGS_MAX);
        tracking_readings(work->txn, id, page.after, &walk);
        while (page_step(&page, &walk)) {
                const Tracking__ReadingRow *row = tracking_reading(work->txn, walk_number(&walk), work->arena);
                if (row != NULL && sees(work, query, row) && is_asked(query, row))
                        page_add(&page, line_of(work, row));
        }
        return page_reply(&page);
}
