#include "services/notifications/told.h"

#include <string.h>

#include "common/base/french.h"
#include "common/base/local_time.h"
#include "services/notifications/store.h"
#include "services/notifications/words.h"

static bool covers_one(const Wire__Passport *actor, char *const *territories, size_t count)
{
        for (size_t i = 0; i < count; i++)
                if (passport_covers(actor, territories[i]))
                        return true;
        return false;
}

/* What is under a private contract is for the facilitators of the territories that it has today. */
static bool facilitator_reads(const struct work *work, const Types__ChangedByAnother *change)
{
        if (change->is_local && !covers_one(work->actor, change->territories, change->n_territories))
                return false;
        if (change->about_contract == NULL)
                return true;
        const Notifications__PrivateContract *own =
                store_private_contract(work->txn, id_of(change->about_contract), work->arena);
        return own == NULL || covers_one(work->actor, own->territories, own->n_territories);
}

static bool buyer_reads(const struct work *work, const Types__ChangedByAnother *change)
{
        const Notifications__OrganisationCopy *own =
                store_organisation_copy(work->txn, id_of(work->actor->organisation), work->arena);
        for (size_t i = 0; own != NULL && own->siret[0] != '\0' && i < change->n_buyer_sirets; i++)
                if (strcmp(own->siret, change->buyer_sirets[i]) == 0)
                        return true;
        return false;
}

static bool organisation_reads(const struct work *work, const Types__ChangedByAnother *change)
{
        for (size_t i = 0; i < change->n_organisation_ids; i++)
                if (passport_is_organisation(work->actor, id_of(change->organisation_ids[i])))
                        return true;
        return false;
}

/* Of persons' files alone: contracts are not hers to read. */
static bool officer_reads(const struct work *work, const Types__ChangedByAnother *change)
{
        return change->about_contract == NULL && change->is_local &&
               covers_one(work->actor, change->territories, change->n_territories);
}

bool told_may_be_read(const struct work *work, const Types__ChangedByAnother *change)
{
        switch (work->actor->role) {
        case TYPES__ROLE__COORDINATOR: return true;
        case TYPES__ROLE__FACILITATOR: return facilitator_reads(work, change);
        case TYPES__ROLE__DATA_PROTECTION: return officer_reads(work, change);
        case TYPES__ROLE__BUYER: return buyer_reads(work, change);
        case TYPES__ROLE__COMPANY:
        case TYPES__ROLE__STRUCTURE: return organisation_reads(work, change);
        default: return false; /* such accounts decide on nothing that others replace */
        }
}

static void put_all(const struct work *work, const Texts__TextVersion *texts,
                    const Notifications__AccountNoticeRow *row, Notifications__NoticeView *view)
{
        struct arena *arena = work->arena;
        Types__ChangedByAnother *change = row->change;
        const char *territory = change->n_territories > 0 ? change->territories[0] : "";
        const struct text_field fields[] = {
                {"thing", change->thing}, {"day", french_day(arena, local_day(territory, row->at->ms))},
                {"who", row->by_name},    {"before", change->before},
                {"after", change->after}, {"reason", change->reason},
        };
        struct words words = words_merge(texts, "decision_changed", fields, ARRAY_SIZE(fields), arena);

        view->title = words.title;
        view->text = words.text;
        view->territory = arena_text(arena, territory);
        view->subject_id = change->about_contract;
        view->by_account = row->by_account;
        view->by_name = row->by_name;
        view->before = change->before;
        view->after = change->after;
        view->reason = change->reason;
}

Notifications__NoticeView *told_view(const struct work *work, const Texts__TextVersion *texts,
                                     const Notifications__AccountNoticeRow *row)
{
        Notifications__NoticeView *view = pb_new(&notifications__notice_view__descriptor, work->arena);
        view->notice_id = row->notice_id;
        view->kind = NOTIFICATIONS__NOTICE_KIND__DECISION_CHANGED;
        view->at = row->at;
        view->read = row->read;
        if (told_may_be_read(work, row->change)) {
                put_all(work, texts, row, view);
                return view;
        }
        struct words words = words_merge(texts, "decision_changed_unread", NULL, 0, work->arena);
        view->title = words.title;
        view->text = words.text;
        return view;
}
