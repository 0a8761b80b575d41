/* A command that comes again with the key of one that was done: the same answer, from the row that was written with its
 * effect. Its position is that of then: who asks again has read nothing of what happened since (versions.h). */
#include <sodium.h>
#include <string.h>

#include "common/base/require.h"
#include "common/codec/secret_box.h"
#include "common/service/engine_inside.h"
#include "common/store/dedup.h"

/* --- replies that hold a secret ----------------------------------------------------------------------------------- */

/* Security: the store alone opens no reply; the instance's signing secret, which would, speaks for anybody anyway. */
static void reply_key(const struct engine *engine, uint8_t ret[SECRET_BOX_KEY_SIZE])
{
        static const uint8_t what[] = "replies that are kept";
        const uint8_t *secret = engine->options.own_secret;
        require(crypto_generichash(ret, SECRET_BOX_KEY_SIZE, what, sizeof(what), secret, secret == NULL ? 0 : 32) == 0);
}

static struct slice seal(struct engine *engine, struct item *item, struct slice plain)
{
        uint8_t key[SECRET_BOX_KEY_SIZE];
        reply_key(engine, key);
        struct slice box = secret_box_seal(engine->options.world, key, slice_of(item->hash, sizeof(item->hash)), plain,
                                           &item->arena);
        sodium_memzero(key, sizeof(key));
        return box;
}

static bool unseal(struct engine *engine, struct item *item, struct slice *body)
{
        uint8_t key[SECRET_BOX_KEY_SIZE];
        reply_key(engine, key);
        bool opened = secret_box_open(key, slice_of(item->hash, sizeof(item->hash)), *body, &item->arena, body);
        sodium_memzero(key, sizeof(key));
        return opened;
}

/* --- both ways --------------------------------------------------------------------------------------------------- */

void engine_keep_reply(struct engine *engine, struct txn *txn, struct item *item, const ProtobufCMessage *body)
{
        struct dedup_reply kept = {engine->head.number, pb_encode(body, &item->arena)};
        if (item->method->row->reply_sealed)
                kept.body = seal(engine, item, kept.body);
        dedup_put(txn, item->asked.id, item->hash, &kept);
}

static struct slice encode_kept(struct asked asked, const struct dedup_reply *kept, struct arena *arena)
{
        Wire__Reply reply = WIRE__REPLY__INIT;
        reply.id = pb_bytes(id_slice(&asked.id));
        reply.tag = asked.tag;
        reply.outcome_case = WIRE__REPLY__OUTCOME_BODY;
        reply.body = pb_bytes(kept->body);
        reply.position = kept->position;
        reply.repeated_key = true;
        return bounded_frame(asked, pb_encode(&reply, arena), arena);
}

static void refuse_again(struct engine *engine, struct item *item, const struct refusal *refusal)
{
        item->reply = refusal_frame(item->asked, refusal, &item->arena);
        engine->figures.refusals++;
}

bool engine_answer_again(struct engine *engine, struct txn *txn, struct item *item)
{
        struct dedup_reply kept;
        struct refusal refusal;

        switch (dedup_find(txn, item->asked.id, item->hash, &kept)) {
        case DEDUP_NEW: return false;
        case DEDUP_OTHER_CONTENT:
                (void)refuse(&refusal, TYPES__REFUSAL_CODE__KEY_REUSED, "id",
                             "cette clé d'idempotence a déjà servi à une autre demande : tirez-en une nouvelle");
                refuse_again(engine, item, &refusal);
                return true;
        case DEDUP_SAME: break;
        }
        if (item->method->row->reply_sealed && !unseal(engine, item, &kept.body)) {
                (void)refuse(&refusal, TYPES__REFUSAL_CODE__WRONG_STATE, "",
                             "Cette demande a été faite, mais les clés de ce service ont changé depuis et sa réponse "
                             "ne se lit plus : demandez-en l'effet autrement (un jeton se renouvelle).");
                refuse_again(engine, item, &refusal);
                return true;
        }
        item->reply = encode_kept(item->asked, &kept, &item->arena);
        engine->figures.repeats++;
        return true;
}
