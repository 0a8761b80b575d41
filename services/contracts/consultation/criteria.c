#include "services/contracts/consultation/criteria.h"

char *criteria_advice(const Contracts__ConsultationVersion *rules, const struct criteria_of *of, struct arena *arena)
{
        const Contracts__CriteriaRule *rule = rules->criteria;
        if (rule == NULL || of->kind != CONTRACTS__CONTRACT_KIND__MARKET ||
            day_number(of->launched_on) < rule->from->days)
                return arena_text(arena, "");
        return arena_printf(arena, "%s (%s)", rule->text, rule->source);
}

char *criteria_warning(const Contracts__ConsultationVersion *rules, const struct criteria_of *of, struct arena *arena)
{
        const char *advice = criteria_advice(rules, of, arena);
        return advice[0] == '\0' ? NULL
                                 : arena_printf(arena, "Le prix est le seul critère de cette consultation. %s", advice);
}
