#include "common/service/documents.h"

#include "common/base/require.h"
#include "common/codec/types.h"
#include "common/service/engine_inside.h"
#include "common/store/vault.h"

#define INVALID     TYPES__REFUSAL_CODE__INVALID_FIELD
#define WRONG_STATE TYPES__REFUSAL_CODE__WRONG_STATE
#define UNAVAILABLE TYPES__REFUSAL_CODE__UNAVAILABLE
#define MIB         (1024 * 1024)

_Static_assert((int)TYPES__MEDIA_TYPE__PDF == MEDIA_PDF && (int)TYPES__MEDIA_TYPE__JPEG == MEDIA_JPEG &&
                       (int)TYPES__MEDIA_TYPE__PNG == MEDIA_PNG && (int)TYPES__MEDIA_TYPE__TEXT == MEDIA_TEXT,
               "media have the same numbers in messages and in files");

static struct upload upload_of(const struct work *work, struct id number)
{
        return (struct upload){passport_account(work->actor), number};
}

/* What is nobody's mistake. */
static bool refuse_failure(int err, struct refusal *ret)
{
        if (err == ERR_DISK_FULL)
                return refuse(ret, UNAVAILABLE, "",
                              "Le disque de ce service est presque plein : il ne prend plus de documents. Prévenez "
                              "l'exploitant, puis renvoyez la même demande.");
        if (err == ERR_NOT_FOUND)
                return refuse(ret, WRONG_STATE, "",
                              "La clé qui scelle ce document n'est plus là : il ne peut plus être lu ni ajouté. S'il "
                              "n'a pas été effacé, prévenez l'exploitant du réseau.");
        return refuse(ret, UNAVAILABLE, "",
                      "Ce document ne se lit ou ne s'écrit pas (%s) : prévenez l'exploitant du réseau.", err_name(err));
}

/* --- begin ------------------------------------------------------------------------------------------------------- */

/* The field rules say the same of most; a number of a later program's enum they let through. */
static bool can_be(const struct document_wish *wish, struct refusal *ret)
{
        if ((int)wish->media_type <= MEDIA_NONE || (int)wish->media_type >= MEDIA_END)
                return refuse(ret, INVALID, "media_type",
                              "Un document est un PDF, une image JPEG ou PNG, ou un texte : dites lequel.");
        if (wish->size < 1 || wish->size > LIMIT_BLOB_BYTES)
                return refuse(ret, INVALID, "size", "Un document compte de 1 octet à %d Mio : réduisez-le.",
                              LIMIT_BLOB_BYTES / MIB);
        return true;
}

static bool has_room(const struct work *work, const struct document_wish *wish, struct refusal *ret)
{
        struct blob_sums sums = blob_sums(work->txn, *work->engine->spec->blobs);
        if (sums.bytes + wish->size <= wish->store_bytes_max)
                return true;
        return refuse(ret, UNAVAILABLE, "",
                      "La place prévue ici pour les documents (%llu Mio) est prise : demandez à l'exploitant de "
                      "l'augmenter (documents_mib_max).",
                      (unsigned long long)(wish->store_bytes_max / MIB));
}

static bool refuse_beginning(int err, struct refusal *ret)
{
        if (err == ERR_TOO_LARGE)
                return refuse(ret, WRONG_STATE, "",
                              "Vous avez déjà %d envois de documents commencés : terminez-les, ou attendez qu'ils "
                              "soient oubliés, un jour après leur dernier morceau.",
                              LIMIT_UPLOADS_OF_ONE);
        if (err == ERR_OVERFLOW)
                return refuse(ret, UNAVAILABLE, "",
                              "Trop d'envois de documents sont commencés ici : recommencez dans quelques minutes.");
        if (err == ERR_FORGED)
                return refuse(ret, TYPES__REFUSAL_CODE__KEY_REUSED, "",
                              "Cet envoi a été commencé pour un autre document : recommencez avec une clé nouvelle.");
        return refuse_failure(err, ret);
}

/* The same for the same command of the same account, whenever it comes. */
static struct id number_of(const struct work *work)
{
        struct key name = key_of_id(work->cause);
        key_id(&name, passport_account(work->actor));
        return id_derived(id_instant_ms(work->cause), key_slice(&name));
}

/* The key that is missing is told now, not after the last piece. */
static int can_seal(const struct work *work, struct id owner)
{
        struct slice sealed;
        return vault_seal(work->engine->vault, owner, slice_of_text("?"), work->arena, &sealed);
}

bool document_begin(struct work *work, const struct document_wish *wish, struct id *ret_number,
                    struct upload_state *ret_state, struct refusal *ret)
{
        struct id number = number_of(work);
        const struct blob_head head = {wish->owner, number, wish->size, (enum blob_media)wish->media_type};
        if (!can_be(wish, ret) || !has_room(work, wish, ret))
                return false;
        int err = can_seal(work, wish->owner);
        if (err != 0)
                return refuse_failure(err, ret);
        err = upload_begin(work->engine->blobs, upload_of(work, number), &head);
        if (err == 0)
                err = upload_look(work->engine->blobs, upload_of(work, number), ret_state);
        if (err != 0)
                return refuse_beginning(err, ret);
        *ret_number = number;
        return true;
}

/* --- pieces ------------------------------------------------------------------------------------------------------ */

static bool look(const struct work *work, struct id number, struct upload_state *ret_state, struct refusal *ret)
{
        int err = upload_look(work->engine->blobs, upload_of(work, number), ret_state);
        if (err == ERR_NOT_FOUND)
                return refuse(ret, TYPES__REFUSAL_CODE__NOT_FOUND, "upload_id",
                              "Cet envoi n'est pas connu ici, ou n'est pas de vous : commencez-en un.");
        if (err == ERR_FORGED)
                return refuse(ret, WRONG_STATE, "upload_id", "Cet envoi a été abîmé : commencez-en un autre.");
        return err == 0 || refuse_failure(err, ret);
}

static bool may_put(const struct upload_state *state, const struct document_piece *piece, struct refusal *ret)
{
        uint32_t count = blob_piece_count(state->head.size);
        if (piece->index >= count)
                return refuse(ret, INVALID, "index", "Ce document a %u morceaux, numérotés à partir de 0.", count);
        if (piece->index > state->next)
                return refuse(ret, WRONG_STATE, "index", "Le morceau attendu est le %u : reprenez de là.", state->next);
        uint32_t wanted = blob_piece_of(state->head.size, piece->index).plain;
        if (piece->content.size != wanted)
                return refuse(ret, INVALID, "content", "Le morceau %u doit compter %u octets.", piece->index, wanted);
        if (piece->index == 0 && !blob_media_begins(state->head.media, piece->content))
                return refuse(ret, INVALID, "content",
                              "Ce document n'est pas ce qui est dit : il se prend un PDF, une image JPEG ou PNG, ou un "
                              "texte en UTF-8, reconnus à leurs premiers octets.");
        return true;
}

bool document_put(struct work *work, const struct document_piece *piece, uint32_t *ret_next, struct refusal *ret)
{
        struct upload_state state;
        struct upload upload = upload_of(work, piece->number);
        if (!look(work, piece->number, &state, ret) || !may_put(&state, piece, ret))
                return false;
        int err = upload_put(work->engine->blobs, upload, piece->index, piece->content, work->arena);
        if (err != 0)
                return refuse_failure(err, ret);
        *ret_next = piece->index < state.next ? state.next : piece->index + 1;
        return true;
}

bool document_forget(struct work *work, struct id number, struct refusal *ret)
{
        struct upload_state state;
        struct upload upload = upload_of(work, number);
        int err = upload_look(work->engine->blobs, upload, &state);
        if (err == ERR_NOT_FOUND)
                return look(work, number, &state, ret); /* in the words for who asks for it */
        err = upload_drop(work->engine->blobs, upload); /* a damaged one too */
        return err == 0 || refuse_failure(err, ret);
}

/* --- the whole --------------------------------------------------------------------------------------------------- */

bool document_finish(struct work *work, struct id number, struct id owner, struct document *ret_document,
                     struct refusal *ret)
{
        struct upload_state state;
        if (!look(work, number, &state, ret))
                return false;
        if (!id_equal(state.head.owner, owner))
                return refuse(ret, WRONG_STATE, "upload_id",
                              "Cet envoi a été commencé pour un autre dossier : recommencez-le pour celui-ci.");
        if (state.next < blob_piece_count(state.head.size))
                return refuse(ret, WRONG_STATE, "upload_id",
                              "Cet envoi n'est pas complet : le morceau attendu est le %u.", state.next);
        int err = upload_finish(work->engine->blobs, upload_of(work, number), &ret_document->blob);
        if (err == ERR_FORGED)
                return refuse(ret, WRONG_STATE, "upload_id",
                              "Un morceau de cet envoi a été perdu : commencez-en un autre.");
        ret_document->media_type = (Types__MediaType)state.head.media;
        return err == 0 || refuse_failure(err, ret);
}

bool document_read(const struct work *work, const struct blob *blob, uint32_t index, struct slice *ret_content,
                   struct refusal *ret)
{
        int err = blob_read(work->engine->blobs, blob, index, work->arena, ret_content);
        if (err == ERR_MALFORMED)
                return refuse(ret, INVALID, "index", "Ce document a %u morceaux, numérotés à partir de 0.",
                              blob_piece_count(blob->size));
        return err == 0 || refuse_failure(err, ret);
}

void document_drop(struct work *work, struct blob_address address)
{
        require(!work->read_only);
        blobs_doubt(work->engine->blobs, address);
}
