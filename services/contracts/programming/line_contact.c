#include "services/contracts/programming/line_contact.h"

#include "common/base/text.h"

char *line_contact(const struct work *work, const Contracts__ProgrammeLineRow *row)
{
        const Contracts__SealedPerson *person = contact_open(work, row->contact_id, row->sealed_contact);
        if (row->contact_id == NULL)
                return row->contact; /* of before contacts had keys */
        return person != NULL && person->person_case == CONTRACTS__SEALED_PERSON__PERSON_LINE_CONTACT
                       ? person->line_contact
                       : arena_text(work->arena, "");
}

bool line_contact_seal(struct work *work, char *name, struct line_contact *ret, struct refusal *ret_refusal)
{
        Contracts__SealedPerson person = CONTRACTS__SEALED_PERSON__INIT;
        *ret = (struct line_contact){0};
        person.person_case = CONTRACTS__SEALED_PERSON__PERSON_LINE_CONTACT;
        person.line_contact = name;
        return text_is_empty(name) || contact_seal(work, &person, &ret->id, &ret->sealed, ret_refusal);
}

bool line_contact_again(struct work *work, const Contracts__ProgrammeLineRow *row, struct line_contact *ret,
                        struct refusal *ret_refusal)
{
        if (row->contact_id == NULL)
                return line_contact_seal(work, row->contact, ret, ret_refusal);
        *ret = (struct line_contact){row->contact_id, pb_slice(row->sealed_contact)};
        return true;
}

static bool is_same(const Types__Id *a, const Types__Id *b)
{
        return a != NULL && b != NULL && id_equal(id_of(a), id_of(b));
}

void line_contact_forget_before(struct work *work, const Contracts__ProgrammeLineRow *row)
{
        const Types__Id *before = row->before == NULL ? NULL : row->before->contact_id;
        if (before != NULL && !is_same(before, row->contact_id))
                work_destroy_key(work, id_of(before));
}

void line_contact_forget(struct work *work, const Contracts__ProgrammeLineRow *row)
{
        if (row->contact_id != NULL && (row->before == NULL || !is_same(row->contact_id, row->before->contact_id)))
                work_destroy_key(work, id_of(row->contact_id));
}
