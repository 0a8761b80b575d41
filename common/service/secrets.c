/* The other half of topology.h: what each process must keep to itself. */
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "common/base/require.h"
#include "common/codec/z85.h"
#include "common/service/topology.h"

enum { SECRETS_FILE_BYTES_MAX = 4096, HEX_TEXT_MAX = 2 * SIGNING_SECRET_SIZE + 1 };

/* The bytes leave memory with the block. */
static void wipe_file(char (*text)[SECRETS_FILE_BYTES_MAX + 1])
{
        sodium_memzero(*text, sizeof(*text));
}

static void close_file(int *fd)
{
        if (*fd >= 0)
                (void)close(*fd);
}

static void drop_json(json_t **json)
{
        json_decref(*json);
}

static int read_private(const char *path, char *ret_text, size_t size, struct err_info *info)
{
        scoped(close_file) int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
        struct stat facts;
        if (fd < 0 || fstat(fd, &facts) != 0)
                return err_set(info, ERR_CONFIG, "%s: cannot be read (%s); `guichetctl init` makes it", path,
                               strerror(errno));
        if ((facts.st_mode & (S_IRWXG | S_IRWXO)) != 0)
                return err_set(info, ERR_CONFIG,
                               "%s: others may read or change it; `chmod 600` it, and replace the keys", path);
        ssize_t got = read(fd, ret_text, size);
        if (got < 0 || (size_t)got >= size)
                return err_set(info, ERR_CONFIG, "%s: is not a key file", path);
        ret_text[got] = '\0';
        return 0;
}

static bool take_curve(const json_t *json, const char *member, char ret_key[CURVE_TEXT_SIZE])
{
        const char *text = json_string_value(json_object_get(json, member));
        if (!z85_is_key(text))
                return false;
        memcpy(ret_key, text, CURVE_TEXT_SIZE);
        return true;
}

static bool take_hex(const json_t *json, const char *member, uint8_t *ret_bytes, size_t size)
{
        const char *text = json_string_value(json_object_get(json, member));
        size_t got = 0;
        return text != NULL && strlen(text) == 2 * size &&
               sodium_hex2bin(ret_bytes, size, text, strlen(text), NULL, &got, NULL) == 0 && got == size;
}

static const char *curve_in_topology(const struct topology *topology, const char *name)
{
        for (size_t i = 0; i < topology->instance_count; i++)
                if (strcmp(topology->instances[i].name, name) == 0)
                        return topology->instances[i].public_key;
        for (size_t i = 0; i < topology->peer_count; i++)
                if (strcmp(topology->peers[i].name, name) == 0)
                        return topology->peers[i].public_key;
        return NULL;
}

/* A file put back from another network, or that of a neighbour: nobody would let it in, and what it sealed could not be
 * read by the right one. A topology that does not know the name says nothing against it. */
static int is_of_topology(const struct topology *topology, const char *name, const struct secrets *secrets,
                          const char *path, struct err_info *info)
{
        uint8_t signing_public[SIGNING_PUBLIC_SIZE];
        const char *known = curve_in_topology(topology, name);
        bool same = known == NULL || strcmp(known, secrets->curve_public) == 0;
        require(crypto_sign_ed25519_sk_to_pk(signing_public, secrets->signing_secret) == 0);
        for (size_t i = 0; i < topology->signer_count; i++)
                if (strcmp(topology->signers[i].name, name) == 0)
                        same = same &&
                               memcmp(topology->signers[i].public_key, signing_public, SIGNING_PUBLIC_SIZE) == 0;
        return same ? 0
                    : err_set(info, ERR_CONFIG,
                              "%s: is not the key that the topology names for %s; put the saved file back, or run "
                              "`guichetctl init` to write its public key into the topology",
                              path, name);
}

int secrets_load(const struct topology *topology, const char *name, struct secrets *ret, struct err_info *info)
{
        scoped(wipe_file) char text[SECRETS_FILE_BYTES_MAX + 1];
        char path[SECRETS_FILE_BYTES_MAX];
        (void)snprintf(path, sizeof(path), "%s/keys/%s.key", topology->directory, name);
        int err = read_private(path, text, sizeof(text), info);
        if (err != 0)
                return err;

        scoped(drop_json) json_t *json = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
        struct secrets secrets = {0};
        if (!take_curve(json, "curve_public", secrets.curve_public) ||
            !take_curve(json, "curve_secret", secrets.curve_secret) ||
            !take_hex(json, "signing_secret", secrets.signing_secret, sizeof(secrets.signing_secret)) ||
            !take_hex(json, "master_key", secrets.master_key, sizeof(secrets.master_key)))
                return err_set(info, ERR_CONFIG, "%s: a key in it is missing or damaged; put the saved file back",
                               path);
        err = is_of_topology(topology, name, &secrets, path, info);
        if (err == 0) {
                *ret = secrets;
                (void)sodium_mlock(
                        ret, sizeof(*ret)); /* out of the swap; where that is not allowed, the disk is encrypted */
        }
        sodium_memzero(&secrets, sizeof(secrets));
        return err;
}

static void make_secrets(struct secrets *ret)
{
        uint8_t public_key[crypto_box_PUBLICKEYBYTES];
        uint8_t secret_key[crypto_box_SECRETKEYBYTES];
        require(crypto_box_keypair(public_key, secret_key) == 0);
        z85_encode(slice_of(public_key, sizeof(public_key)), ret->curve_public);
        z85_encode(slice_of(secret_key, sizeof(secret_key)), ret->curve_secret);
        sodium_memzero(secret_key, sizeof(secret_key));

        uint8_t signing_public[SIGNING_PUBLIC_SIZE];
        require(crypto_sign_keypair(signing_public, ret->signing_secret) == 0);
        randombytes_buf(ret->master_key, sizeof(ret->master_key));
}

static int write_all(int fd, const char *path, const char *text, struct err_info *info)
{
        size_t size = strlen(text);
        if (write(fd, text, size) != (ssize_t)size || fsync(fd) != 0)
                return err_set(info, errno == ENOSPC ? ERR_DISK_FULL : ERR_CONFIG, "%s: cannot be written (%s)", path,
                               strerror(errno));
        return 0;
}

/* O_EXCL: keys that exist are never overwritten, what they sealed could not be read again. */
static int create_private(const char *path, struct err_info *info)
{
        int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
        return fd >= 0 ? fd : err_set(info, ERR_CONFIG, "%s: cannot be made (%s)", path, strerror(errno));
}

static int write_secrets(const char *path, const struct secrets *secrets, struct err_info *info)
{
        scoped(close_file) int fd = create_private(path, info);
        if (fd < 0)
                return fd;

        char signing[HEX_TEXT_MAX];
        char master[HEX_TEXT_MAX];
        scoped(wipe_file) char text[SECRETS_FILE_BYTES_MAX + 1];
        sodium_bin2hex(signing, sizeof(signing), secrets->signing_secret, sizeof(secrets->signing_secret));
        sodium_bin2hex(master, sizeof(master), secrets->master_key, sizeof(secrets->master_key));
        /* The alphabet of Z85 has neither a quote nor a backslash: the text is JSON as it stands. */
        (void)snprintf(text, sizeof(text),
                       "{\n  \"curve_public\": \"%s\",\n  \"curve_secret\": \"%s\",\n"
                       "  \"signing_secret\": \"%s\",\n  \"master_key\": \"%s\"\n}\n",
                       secrets->curve_public, secrets->curve_secret, signing, master);
        sodium_memzero(signing, sizeof(signing));
        sodium_memzero(master, sizeof(master));
        return write_all(fd, path, text, info);
}

int secrets_create(const char *directory, const char *name, struct secrets *ret, struct err_info *info)
{
        char path[SECRETS_FILE_BYTES_MAX];
        if (sodium_init() < 0)
                return err_set(info, ERR_CONFIG, "libsodium does not start");
        (void)snprintf(path, sizeof(path), "%s/keys", directory);
        if (mkdir(path, S_IRWXU) != 0 && errno != EEXIST)
                return err_set(info, ERR_CONFIG, "%s: cannot be made (%s)", path, strerror(errno));

        struct secrets secrets = {0};
        make_secrets(&secrets);
        (void)snprintf(path, sizeof(path), "%s/keys/%s.key", directory, name);
        int err = write_secrets(path, &secrets, info);
        if (err == 0)
                *ret = secrets;
        sodium_memzero(&secrets, sizeof(secrets));
        return err;
}

/* ---- what all instances of a service share */

int secrets_load_shared(const char *directory, const char *name, struct secrets *ret, struct err_info *info)
{
        scoped(wipe_file) char text[SECRETS_FILE_BYTES_MAX + 1];
        char path[SECRETS_FILE_BYTES_MAX];
        (void)snprintf(path, sizeof(path), "%s/keys/%s.key", directory, name);
        ret->has_shared_key = false;
        if (access(path, F_OK) != 0)
                return 0;
        int err = read_private(path, text, sizeof(text), info);
        if (err != 0)
                return err;
        scoped(drop_json) json_t *json = json_loads(text, JSON_REJECT_DUPLICATES, NULL);
        ret->has_shared_key = take_hex(json, "shared_key", ret->shared_key, sizeof(ret->shared_key));
        return ret->has_shared_key ? 0
                                   : err_set(info, ERR_CONFIG,
                                             "%s: the key in it is missing or damaged; put the saved file back", path);
}

int secrets_create_shared(const char *directory, const char *name, struct err_info *info)
{
        char path[SECRETS_FILE_BYTES_MAX];
        uint8_t key[sizeof(((struct secrets *)NULL)->shared_key)];
        char hex[2 * sizeof(key) + 1];
        scoped(wipe_file) char text[SECRETS_FILE_BYTES_MAX + 1];
        if (sodium_init() < 0)
                return err_set(info, ERR_CONFIG, "libsodium does not start");
        (void)snprintf(path, sizeof(path), "%s/keys/%s.key", directory, name);
        if (access(path, F_OK) == 0)
                return 0;
        scoped(close_file) int fd = create_private(path, info);
        if (fd < 0)
                return fd;
        randombytes_buf(key, sizeof(key));
        sodium_bin2hex(hex, sizeof(hex), key, sizeof(key));
        (void)snprintf(text, sizeof(text), "{\n  \"shared_key\": \"%s\"\n}\n", hex);
        sodium_memzero(key, sizeof(key));
        sodium_memzero(hex, sizeof(hex));
        return write_all(fd, path, text, info);
}
