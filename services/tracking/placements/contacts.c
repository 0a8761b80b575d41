#include "services/tracking/placements/contacts.h"

#include "services/tracking/placements/naming.h"

int contacts_seal(struct work *work, struct id placement, const Tracking__PlacementContacts *contacts,
                  struct slice *ret_sealed)
{
        Tracking__Sealed content = TRACKING__SEALED__INIT;
        content.content_case = TRACKING__SEALED__CONTENT_CONTACTS;
        content.contacts = (Tracking__PlacementContacts *)(uintptr_t)contacts;
        return work_seal(work, placement, &content, ret_sealed);
}

int contacts_seal_named(struct work *work, struct id placement, const Tracking__NamedProfessional *named,
                        struct slice *ret_sealed)
{
        Tracking__Sealed content = TRACKING__SEALED__INIT;
        content.content_case = TRACKING__SEALED__CONTENT_PROFESSIONAL;
        content.professional = (Tracking__NamedProfessional *)(uintptr_t)named;
        return work_seal(work, placement, &content, ret_sealed);
}

void contacts_make_key(struct work *work, struct id placement, const Tracking__PlacementFile *file)
{
        if (file->sealed_contacts.len == 0 && file->n_namings == 0)
                work_make_key(work, placement);
}

/* As the opening or an amendment said. */
static const Tracking__PlacementContacts *of_terms(const struct work *work, struct id placement,
                                                   const Tracking__PlacementFile *file)
{
        int err;
        if (file->sealed_contacts.len == 0)
                return file->contacts; /* of before they were sealed */
        const Tracking__Sealed *content =
                work_unseal(work, placement, pb_slice(file->sealed_contacts), &tracking__sealed__descriptor, &err);
        return content != NULL && content->content_case == TRACKING__SEALED__CONTENT_CONTACTS ? content->contacts
                                                                                              : NULL;
}

/* NULL: withdrawn, or its key is destroyed. */
static const Tracking__NamedProfessional *named(const struct work *work, struct id placement,
                                                const Tracking__NamingRow *row)
{
        int err;
        if (row->sealed.len == 0)
                return NULL;
        const Tracking__Sealed *content =
                work_unseal(work, placement, pb_slice(row->sealed), &tracking__sealed__descriptor, &err);
        return content != NULL && content->content_case == TRACKING__SEALED__CONTENT_PROFESSIONAL
                       ? content->professional
                       : NULL;
}

const Tracking__PlacementContacts *contacts_on(const struct work *work, struct id placement,
                                               const Tracking__PlacementFile *file, struct day day)
{
        const Tracking__PlacementContacts *before = of_terms(work, placement, file);
        const Tracking__NamingRow *tutor = naming_on(file, TRACKING__PROFESSIONAL__AS_TUTOR, day);
        const Tracking__NamingRow *referent = naming_on(file, TRACKING__PROFESSIONAL__AS_REFERENT, day);
        const Tracking__NamedProfessional *one;
        if (tutor == NULL && referent == NULL)
                return before;
        Tracking__PlacementContacts *now = pb_new(&tracking__placement_contacts__descriptor, work->arena);
        if (before != NULL)
                *now = *before;
        if (tutor != NULL && (one = named(work, placement, tutor)) != NULL) {
                now->tutor = one->name;
                now->tutor_function = one->function;
        }
        if (referent != NULL && (one = named(work, placement, referent)) != NULL) {
                now->referent = one->name;
                now->referent_function = one->function;
        }
        return now;
}

Tracking__NamingView **contacts_named(const struct work *work, struct id placement, const Tracking__PlacementFile *file,
                                      size_t *ret_count)
{
        Tracking__NamingView **views = arena_alloc(work->arena, (file->n_namings + 1) * sizeof(*views));
        for (size_t i = 0; i < file->n_namings; i++) {
                const Tracking__NamingRow *row = file->namings[i];
                const Tracking__NamedProfessional *one = named(work, placement, row);
                Tracking__NamingView *view = pb_new(&tracking__naming_view__descriptor, work->arena);
                view->naming_id = row->naming_id;
                view->professional = row->professional;
                view->since = row->since;
                view->named_at = instant_to(work->arena, row->named_at_ms);
                view->withdrawn = row->sealed.len == 0;
                if (one != NULL) {
                        view->name = one->name;
                        view->function = one->function;
                }
                views[i] = view;
        }
        *ret_count = file->n_namings;
        return views;
}
