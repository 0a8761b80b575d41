#include "services/contracts/record/contact.h"

bool contact_seal(struct work *work, const Contracts__SealedPerson *person, Types__Id **ret_id,
                  struct slice *ret_sealed, struct refusal *ret_refusal)
{
        struct id id = work_new_id(work);
        work_make_key(work, id);
        int err = work_seal(work, id, person, ret_sealed);
        if (err != 0)
                return refuse(ret_refusal, TYPES__REFUSAL_CODE__UNAVAILABLE, "",
                              "Le nom n'a pas pu être scellé (%s) : prévenez l'exploitant du réseau.", err_name(err));
        *ret_id = id_to(work->arena, id);
        return true;
}

const Contracts__SealedPerson *contact_open(const struct work *work, const Types__Id *id, ProtobufCBinaryData sealed)
{
        int err;
        return id == NULL ? NULL
                          : work_unseal(work, id_of(id), pb_slice(sealed), &contracts__sealed_person__descriptor, &err);
}
