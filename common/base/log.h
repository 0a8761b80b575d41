/* log.h: one JSON object a line on standard error. Only the skeleton of a process logs (common/service, services' main
 * parts, tools); libraries and the domain return what went wrong instead. Never a person's name, never a secret. */
#ifndef COMMON_BASE_LOG_H
#define COMMON_BASE_LOG_H

#include "common/base/attr.h"

enum log_level { LOG_DEBUG, LOG_INFO, LOG_WARN, LOG_ERROR };

void log_open(const char *instance, enum log_level level); /* `instance` is borrowed for the life of the process */
void log_line(enum log_level level, const char *event, const char *format, ...) ATTR_FORMAT(3, 4);

#endif
