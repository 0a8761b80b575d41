#include "services/notifications/deadlines/deadline_rules.h"

#include <string.h>

#include "common/base/attr.h"
#include "common/codec/pb.h"
#include "services/notifications/deadlines/kinds.h"

enum { DAYS_MAX = 3660, HOUR_MAX = 23 };

static bool is_of(const Notifications__DeadlineRule *rule, const char *territory)
{
        for (size_t i = 0; i < rule->n_territories; i++)
                if (strcmp(rule->territories[i], territory) == 0)
                        return true;
        return false;
}

const Notifications__DeadlineRule *deadline_rule(const Notifications__DeadlineVersion *version,
                                                 Notifications__WaitKind kind, const char *territory)
{
        const Notifications__DeadlineRule *of_all = NULL;
        for (size_t i = 0; i < version->n_rules; i++) {
                const Notifications__DeadlineRule *rule = version->rules[i];
                if (rule->kind == kind && is_of(rule, territory))
                        return rule;
                if (rule->kind == kind && rule->n_territories == 0)
                        of_all = rule;
        }
        return of_all;
}

/* --- checked at start -------------------------------------------------------------------------------------------- */

static bool is_sound(const Notifications__DeadlineRule *rule)
{
        const uint32_t days[] = {rule->within_days, rule->show_days, rule->tell_days, rule->late_days, rule->drop_days};
        for (size_t i = 0; i < ARRAY_SIZE(days); i++)
                if (days[i] > DAYS_MAX)
                        return false;
        return rule->drop_days == 0 || rule->drop_days > rule->late_days;
}

static int check_version(const Notifications__DeadlineVersion *version, struct err_info *info)
{
        if (version->hour > HOUR_MAX)
                return err_set(info, ERR_CONFIG, "deadlines, version \"%s\": hour is none; give 0 to 23",
                               version->version);
        for (size_t i = 0; i < version->n_rules; i++)
                if (!is_sound(version->rules[i]))
                        return err_set(info, ERR_CONFIG,
                                       "deadlines, version \"%s\", rule %zu: days are 0 to %d, and drop_days, where it "
                                       "is told, comes behind late_days",
                                       version->version, i + 1, DAYS_MAX);
        for (size_t i = 0; i < wait_kind_count; i++)
                if (deadline_rule(version, wait_kinds[i].number, "") == NULL)
                        return err_set(info, ERR_CONFIG,
                                       "deadlines, version \"%s\": no rule without territories for %s; add it",
                                       version->version, wait_kinds[i].word);
        return 0;
}

static int check_versions(const struct dated *dated, struct err_info *info)
{
        const Notifications__DeadlineRules *rules = (const Notifications__DeadlineRules *)dated->root;
        int err = 0;
        for (size_t i = 0; err == 0 && i < rules->n_versions; i++)
                err = check_version(rules->versions[i], info);
        return err;
}

/* --- loading ----------------------------------------------------------------------------------------------------- */

static struct id digest_of(const struct deadline_rules *rules)
{
        const struct dated *all[] = {&rules->deadlines, &rules->followup, &rules->outcomes, &rules->control,
                                     &rules->consultation};
        struct arena arena scoped(arena_fini) = {0};
        uint8_t bytes[ARRAY_SIZE(all) * sizeof(struct id)];
        for (size_t i = 0; i < ARRAY_SIZE(all); i++) {
                struct id one = id_derived(0, pb_encode(all[i]->root, &arena));
                memcpy(bytes + i * sizeof(one), one.b, sizeof(one));
        }
        return id_derived(0, slice_of(bytes, sizeof(bytes)));
}

int deadline_rules_load(const char *directory, struct deadline_rules *ret, struct err_info *info)
{
        struct deadline_rules rules = {0};
        const struct {
                const char *subject;
                const ProtobufCMessageDescriptor *type;
                struct dated *into;
        } files[] = {
                {"deadlines", &notifications__deadline_rules__descriptor, &rules.deadlines},
                {"followup", &tracking__follow_up_rules__descriptor, &rules.followup},
                {"outcomes", &tracking__outcomes_rules__descriptor, &rules.outcomes},
                {"control", &contracts__control_rules__descriptor, &rules.control},
                {"consultation", &contracts__consultation_rules__descriptor, &rules.consultation},
        };
        int err = 0;
        for (size_t i = 0; err == 0 && i < ARRAY_SIZE(files); i++)
                err = dated_load(directory, files[i].subject, files[i].type, files[i].into, info);
        if (err == 0)
                err = check_versions(&rules.deadlines, info);
        if (err != 0) {
                deadline_rules_fini(&rules);
                return err;
        }
        rules.digest = digest_of(&rules);
        *ret = rules;
        return 0;
}

void deadline_rules_fini(struct deadline_rules *rules)
{
        dated_fini(&rules->deadlines);
        dated_fini(&rules->followup);
        dated_fini(&rules->outcomes);
        dated_fini(&rules->control);
        dated_fini(&rules->consultation);
}

const Notifications__DeadlineVersion *deadline_version(const struct deadline_rules *rules, struct day day)
{
        return dated_on(&rules->deadlines, day);
}

const Tracking__FollowUpVersion *deadline_followup(const struct deadline_rules *rules, struct day day)
{
        return dated_on(&rules->followup, day);
}

const Tracking__OutcomesVersion *deadline_outcomes(const struct deadline_rules *rules, struct day day)
{
        return dated_on(&rules->outcomes, day);
}

const Contracts__ControlRulesVersion *deadline_control(const struct deadline_rules *rules, struct day day)
{
        return dated_on(&rules->control, day);
}

uint32_t deadline_send_days(const struct deadline_rules *rules, struct day day)
{
        const Contracts__ConsultationVersion *version = dated_on(&rules->consultation, day);
        return version->send_to_buyer == NULL ? 0 : version->send_to_buyer->days;
}
