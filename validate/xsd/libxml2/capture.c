//go:build libxml2 && cgo

/* Keeps what libxml2 says while it compiles a schema. */

#include <stdlib.h>
#include <string.h>
#include <libxml/globals.h>
#include <libxml/xmlerror.h>

#include "stream.h"

typedef struct {
    xmlStructuredErrorFunc old;
    void *old_data;
    char *first;
} capture;

static void on_first(void *data, xmlErrorPtr e) {
    capture *c = data;
    if (c == NULL || e == NULL || e->level == XML_ERR_WARNING || c->first != NULL)
        return;
    c->first = strdup(e->message == NULL ? "" : e->message);
}

void *rh_capture_begin(void) {
    capture *c = calloc(1, sizeof *c);
    if (c == NULL)
        return NULL;
    c->old = xmlStructuredError;
    c->old_data = xmlStructuredErrorContext;
    xmlSetStructuredErrorFunc(c, on_first);
    return c;
}

char *rh_capture_end(void *data) {
    capture *c = data;
    if (c == NULL)
        return NULL;
    xmlSetStructuredErrorFunc(c->old_data, c->old);
    xmlResetLastError();
    char *first = c->first;
    free(c);
    return first;
}
