#include "services/tracking/placements/contacts.h"

int contacts_seal(struct work *work, struct id placement, const Tracking__PlacementContacts *contacts,
                  struct slice *ret_sealed)
{
        Tracking__Sealed content = TRACKING__SEALED__INIT;
        content.content_case = TRACKING__SEALED__CONTENT_CONTACTS;
        content.contacts = (Tracking__PlacementContacts *)(uintptr_t)contacts;
        return work_seal(work, placement, &content, ret_sealed);
}

const Tracking__PlacementContacts *contacts_of(const struct work *work, struct id placement,
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
