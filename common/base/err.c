#include "common/base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

int err_set(struct err_info *info, int code, const char *format, ...)
{
        if (info == NULL)
                return code;

        va_list args;
        va_start(args, format);
        info->code = code;
        (void)vsnprintf(info->text, sizeof(info->text), format, args);
        va_end(args);
        return code;
}

const char *err_name(int code)
{
        switch ((enum err)code) {
        case ERR_OK: return "ok";
        case ERR_MALFORMED: return "malformed";
        case ERR_TOO_LARGE: return "too large";
        case ERR_NOT_FOUND: return "not found";
        case ERR_STORE: return "store failure";
        case ERR_MAP_FULL: return "store map full";
        case ERR_DISK_FULL: return "disk full";
        case ERR_STORE_NEWER: return "store written by a newer version";
        case ERR_STORE_OLDER: return "store written by an older version";
        case ERR_TRANSPORT: return "transport failure";
        case ERR_TIMEOUT: return "timeout";
        case ERR_FORGED: return "signature or hash does not hold";
        case ERR_CONFIG: return "configuration";
        case ERR_OVERFLOW: return "arithmetic overflow";
        case ERR_NO_MEMORY: return "out of memory";
        }
        return code < 0 && code > -1000 ? strerror(-code) : "unknown error";
}
