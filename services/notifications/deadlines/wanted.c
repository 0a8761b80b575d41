#include "services/notifications/deadlines/wanted.h"

#include <string.h>

#include "common/base/local_time.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "common/store/key.h"

/* Its id is the same as long as it is the same thing that waits: of whom, for what. It begins as its thing's: what came
 * at the same time comes due at much the same time, and lies near it. */
static struct id wait_id(const struct wanting *wanting, const struct want *want)
{
        struct key name = key_of_id(wanting->subject);
        key_u8(&name, (uint8_t)wanting->kind->number);
        key_u8(&name, (uint8_t)want->role);
        key_u32(&name, want->part);
        return id_derived(id_instant_ms(wanting->subject), key_slice(&name));
}

static Types__Instant *at(struct wanting *wanting, const Notifications__Wait *wait, struct day day, uint32_t hour)
{
        return instant_to(wanting->arena, local_instant(wait->territory, day, (int)hour));
}

static struct day day_shown(const struct want *want, const Notifications__DeadlineRule *rule, struct day until)
{
        struct day before = day_plus(until, -(int32_t)rule->show_days);
        if (want->shown != NULL)
                return *want->shown;
        if (want->since_shown)
                return before;
        return rule->show_days == 0 ? want->since : day_later(want->since, before);
}

/* It stands in the day, or does not any more, as the day begins; notices come at an hour at which people are awake. */
static void put_instants(struct wanting *wanting, const struct want *want, Notifications__Wait *wait)
{
        const Notifications__DeadlineVersion *version = deadline_version(wanting->rules, want->since);
        const Notifications__DeadlineRule *rule = deadline_rule(version, wanting->kind->number, wait->territory);
        struct day until = want->until != NULL ? *want->until : day_plus(want->since, (int32_t)rule->within_days);
        struct day shown = day_shown(want, rule, until);
        struct day told = day_later(shown, day_plus(until, -(int32_t)rule->tell_days));
        wait->since = day_to(wanting->arena, want->since_shown ? shown : want->since);
        wait->until = day_to(wanting->arena, until);
        wait->shows_at = at(wanting, wait, shown, 0);
        if (rule->tell_days > 0)
                wait->tells_at = at(wanting, wait, told, version->hour);
        if (rule->late_days > 0)
                wait->late_at = at(wanting, wait, day_plus(until, (int32_t)rule->late_days), version->hour);
        if (want->dropped != NULL)
                wait->drops_at = at(wanting, wait, *want->dropped, 0);
        else if (rule->drop_days > 0)
                wait->drops_at = at(wanting, wait, day_plus(until, (int32_t)rule->drop_days), 0);
}

/* Days that no calendar has make nobody wait. */
static bool has_sound_days(const struct want *want)
{
        return day_valid(want->since) && (want->until == NULL || day_valid(*want->until));
}

void wanted_add(struct wanting *wanting, const struct want *want)
{
        bool is_nobody = want->role == TYPES__ROLE__ROLE_NONE ||
                         (want->role == TYPES__ROLE__BUYER && (want->siret == NULL || want->siret[0] == '\0')) ||
                         (want->role != TYPES__ROLE__BUYER && want->role != TYPES__ROLE__FACILITATOR &&
                          id_is_zero(id_of(want->organisation)));
        if (is_nobody || !has_sound_days(want))
                return;
        Notifications__Wait *wait = pb_new(&notifications__wait__descriptor, wanting->arena);
        wait->wait_id = id_to(wanting->arena, wait_id(wanting, want));
        wait->kind = wanting->kind->number;
        wait->subject_id = id_to(wanting->arena, wanting->subject);
        wait->thing_id = (Types__Id *)(uintptr_t)want->thing;
        wait->territory = arena_text(wanting->arena, want->territory == NULL ? "" : want->territory);
        wait->role = want->role;
        if (want->role == TYPES__ROLE__BUYER)
                wait->siret = arena_text(wanting->arena, want->siret);
        else if (want->role != TYPES__ROLE__FACILITATOR)
                wait->organisation_id = (Types__Id *)(uintptr_t)want->organisation;
        wait->detail = want->detail;
        if (want->is_month)
                wait->month = month_to(wanting->arena, month_of_number((int32_t)want->part));
        wait->label = arena_text(wanting->arena, want->label == NULL ? "" : want->label);
        wait->contract = arena_text(wanting->arena, want->contract == NULL ? "" : want->contract);
        wait->is_private = want->is_private;
        put_instants(wanting, want, wait);
        wanting->waits = pb_append(wanting->waits, &wanting->count, sizeof(Notifications__Wait *), wanting->arena);
        wanting->waits[wanting->count - 1] = wait;
}

void wanted_of(struct wanting *wanting)
{
        for (size_t i = 0; wanting->thing != NULL && i < wait_kind_count; i++) {
                if (wait_kinds[i].of != wanting->thing->thing_case)
                        continue;
                wanting->kind = &wait_kinds[i];
                wanting->kind->want(wanting);
        }
}
