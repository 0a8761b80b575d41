#include <microhttpd.h>
#include <curl/curl.h>
