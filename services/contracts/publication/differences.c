#include "services/contracts/publication/differences.h"

#include <stdlib.h>
#include <string.h>

#include "common/base/attr.h"
#include "common/base/french.h"
#include "common/base/text.h"
#include "common/codec/decp_labels.h"
#include "common/codec/pb.h"
#include "common/codec/types.h"
#include "services/contracts/clauses/considerations.h"

/* A field as a reader sees it; NULL: not told. */
typedef const char *(*shown_f)(const Contracts__ContractRecord *record, struct arena *arena);

static const char *text_or_null(const char *text)
{
        return text_is_empty(text) ? NULL : text;
}

static const char *joined(struct arena *arena, const char *before, const char *next)
{
        return before == NULL ? next : arena_printf(arena, "%s, %s", before, next);
}

static const char *show_number(const Contracts__ContractRecord *record, struct arena *arena)
{
        (void)arena;
        return text_or_null(record->number);
}

static const char *show_object(const Contracts__ContractRecord *record, struct arena *arena)
{
        (void)arena;
        return text_or_null(record->object);
}

static const char *show_nature(const Contracts__ContractRecord *record, struct arena *arena)
{
        (void)arena;
        return text_or_null(record->nature);
}

static const char *show_procedure(const Contracts__ContractRecord *record, struct arena *arena)
{
        (void)arena;
        return text_or_null(record->procedure);
}

/* The check digit, often left out, is no difference. */
static const char *show_cpv(const Contracts__ContractRecord *record, struct arena *arena)
{
        enum { CPV_DIGITS = 8 };
        return text_is_empty(record->cpv) ? NULL : arena_printf(arena, "%.*s", CPV_DIGITS, record->cpv);
}

static const char *show_framework(const Contracts__ContractRecord *record, struct arena *arena)
{
        (void)arena;
        return text_or_null(record->framework_number);
}

static const char *show_place(const Contracts__ContractRecord *record, struct arena *arena)
{
        const char *label = record->place == NULL ? NULL : decp_place_label(record->place->kind);
        if (label == NULL || text_is_empty(record->place->code))
                return NULL;
        return arena_printf(arena, "%s %s", label, record->place->code);
}

static const char *show_months(const Contracts__ContractRecord *record, struct arena *arena)
{
        return record->duration_months == 0 ? NULL : arena_printf(arena, "%u mois", record->duration_months);
}

static const char *show_notified(const Contracts__ContractRecord *record, struct arena *arena)
{
        return record->notified_on == NULL ? NULL : french_day(arena, day_of(record->notified_on));
}

static const char *show_amount(const Contracts__ContractRecord *record, struct arena *arena)
{
        return record->amount == NULL ? NULL : french_money(arena, money_of(record->amount));
}

static const char *show_offers(const Contracts__ContractRecord *record, struct arena *arena)
{
        return record->offers_received == 0 ? NULL : arena_printf(arena, "%u", record->offers_received);
}

static int by_text(const void *a, const void *b)
{
        return strcmp(*(const char *const *)a, *(const char *const *)b);
}

/* In order: who stands first in a group is no difference. */
static const char *show_contractors(const Contracts__ContractRecord *record, struct arena *arena)
{
        const char **names = arena_alloc(arena, (record->n_contractors + 1) * sizeof(*names));
        const char *shown = NULL;
        for (size_t i = 0; i < record->n_contractors; i++) {
                const Contracts__CompanyId *company = record->contractors[i];
                names[i] = text_is_empty(company->value) ? company->name : company->value;
        }
        qsort(names, record->n_contractors, sizeof(*names), by_text);
        for (size_t i = 0; i < record->n_contractors; i++)
                shown = joined(arena, shown, names[i]);
        return shown;
}

static const char *show_modifications(const Contracts__ContractRecord *record, struct arena *arena)
{
        if (record->n_modifications == 0)
                return NULL;
        return french_count(arena, (int64_t)record->n_modifications, "modification");
}

static const struct row {
        const char *field;
        const char *label;
        shown_f show;
} rows[] = {
        {"id", "Numéro", show_number},
        {"objet", "Objet", show_object},
        {"nature", "Nature", show_nature},
        {"procedure", "Procédure", show_procedure},
        {"codeCPV", "Code CPV", show_cpv},
        {"idAccordCadre", "Accord-cadre", show_framework},
        {"lieuExecution", "Lieu d'exécution", show_place},
        {"dureeMois", "Durée", show_months},
        {"dateNotification", "Notification", show_notified},
        {"montant", "Montant HT", show_amount},
        {"offresRecues", "Offres reçues", show_offers},
        {"titulaires", "Titulaires", show_contractors},
        {"modifications", "Modifications", show_modifications},
};

static Contracts__FieldDifference *add_difference(struct differences *to, const char *field, const char *label)
{
        Contracts__FieldDifference *one = pb_new(&contracts__field_difference__descriptor, to->arena);
        one->field = (char *)(uintptr_t)field;
        one->label = (char *)(uintptr_t)label;
        to->at = pb_append(to->at, &to->count, sizeof(*to->at), to->arena);
        to->at[to->count - 1] = one;
        return one;
}

static char *told(const char *shown)
{
        static const char not_told[] = "non dit";
        return (char *)(uintptr_t)(shown == NULL ? not_told : shown);
}

static void compare(const struct row *row, const Contracts__ContractRecord *ours,
                    const Contracts__ContractRecord *published, struct differences *to)
{
        const char *own = row->show(ours, to->arena), *theirs = row->show(published, to->arena);
        if (own == NULL || (theirs != NULL && strcmp(own, theirs) == 0))
                return;
        Contracts__FieldDifference *one = add_difference(to, row->field, row->label);
        one->ours = told(own);
        one->published = told(theirs);
}

/* ---- considerations, as sets of bits */

static uint32_t environmental_of(const Contracts__ContractRecord *record)
{
        uint32_t bits = 0;
        for (size_t i = 0; i < record->n_environmental; i++)
                bits |= 1u << (unsigned)record->environmental[i];
        return bits;
}

static const char *social_text(uint32_t bits, Contracts__ContractKind kind, struct arena *arena)
{
        const char *shown = NULL;
        for (unsigned i = 1; i < 32; i++)
                if ((bits >> i & 1u) != 0)
                        shown = joined(arena, shown, decp_social_label(kind, (Contracts__SocialConsideration)i));
        return shown;
}

static const char *environmental_text(uint32_t bits, struct arena *arena)
{
        const char *shown = NULL;
        for (unsigned i = 1; i < 32; i++)
                if ((bits >> i & 1u) != 0)
                        shown = joined(arena, shown,
                                       decp_environmental_label((Contracts__EnvironmentalConsideration)i));
        return shown;
}

static void put_considerations(Contracts__FieldDifference *one, const char *ours, const char *published)
{
        static const char fixed[] = "Une considération publiée ne peut plus être modifiée : signalez l'écart à "
                                    "l'acheteur pour ses prochaines publications, notre propre donnée reste la nôtre.";
        static const char open[] = "Rien n'est publié : l'acheteur peut encore la dire.";
        one->ours = told(ours);
        one->published = told(published);
        one->unchangeable = published != NULL;
        one->note = (char *)(uintptr_t)(one->unchangeable ? fixed : open);
}

static void compare_considerations(const Contracts__ContractRecord *ours, const Contracts__ContractRecord *published,
                                   uint32_t social, struct differences *to)
{
        uint32_t social_published = considerations_told(published);
        uint32_t environmental = environmental_of(ours), environmental_published = environmental_of(published);

        if (social != 0 && social != social_published)
                put_considerations(add_difference(to, "considerationsSociales", "Considérations sociales"),
                                   social_text(social, ours->kind, to->arena),
                                   social_text(social_published, published->kind, to->arena));
        if (environmental != 0 && environmental != environmental_published)
                put_considerations(
                        add_difference(to, "considerationsEnvironnementales", "Considérations environnementales"),
                        environmental_text(environmental, to->arena),
                        environmental_text(environmental_published, to->arena));
}

void differences_find(const Contracts__ContractRecord *ours, const Contracts__ContractRecord *published,
                      uint32_t social, struct differences *to)
{
        if (ours != published)
                for (size_t i = 0; i < ARRAY_SIZE(rows); i++)
                        compare(&rows[i], ours, published, to);
        compare_considerations(ours, published, social, to);
}
