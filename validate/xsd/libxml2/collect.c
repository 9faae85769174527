//go:build libxml2 && cgo

/* Collects what libxml2 raises while a document is read. */

#include <stdlib.h>
#include <string.h>

#include "internal.h"

static int is_warning(const xmlError *e) {
    /* "not a valid URI" is raised as an error, but the namespaces
     * recommendation does not make it one. */
    return e->level == XML_ERR_WARNING || e->code == XML_WAR_NS_URI;
}

/* Returns what follows `Element 'NAME'` when msg begins with that name. */
static const char *after_name(const char *msg, const frame *f) {
    static const char lead[] = "Element '";
    if (strncmp(msg, lead, sizeof lead - 1) != 0)
        return NULL;
    msg += sizeof lead - 1;
    if (f->uri != NULL) {
        size_t n = strlen((const char *)f->uri);
        if (msg[0] != '{' || strncmp(msg + 1, (const char *)f->uri, n) != 0 || msg[1 + n] != '}')
            return NULL;
        msg += n + 2;
    }
    size_t n = strlen((const char *)f->local);
    if (strncmp(msg, (const char *)f->local, n) != 0 || msg[n] != '\'')
        return NULL;
    return msg + n + 1;
}

static char *copy(const char *s, size_t len) {
    char *c = malloc(len + 1);
    if (c != NULL) {
        memcpy(c, s, len);
        c[len] = '\0';
    }
    return c;
}

static char *frame_name(const frame *f, size_t limit) {
    size_t u = f->uri == NULL ? 0 : strlen((const char *)f->uri);
    size_t l = strlen((const char *)f->local);
    if (u > limit || l > limit)
        return copy((const char *)f->local, l > limit ? limit : l);
    char *c = malloc(u + l + 3);
    if (c == NULL)
        return NULL;
    size_t n = 0;
    if (u > 0) {
        c[n++] = '{';
        memcpy(c + n, f->uri, u);
        n += u;
        c[n++] = '}';
    }
    memcpy(c + n, f->local, l + 1);
    return c;
}

/* Completes out for a schema error: the validator names the element it means
 * at the head of the message, and it is the innermost one or its parent. */
static const frame *concerned(const rh_validator *v, const char *msg, rh_error *out) {
    const frame *f = &v->stack[v->depth - 1];
    const char *rest = after_name(msg, f);
    if (rest == NULL && v->depth > 1) {
        rest = after_name(msg, f - 1);
        if (rest != NULL)
            f--;
    }
    out->in_attribute = rest != NULL && strncmp(rest, ", attribute '", 13) == 0;
    out->is_root = f == v->stack;
    out->line = f->line;
    return f;
}

void rh_keep(rh_validator *v, int code, int schema, const char *msg) {
    v->total++;
    if (v->kept == v->limits.errors)
        return;
    rh_error *out = &v->errors[v->kept];
    memset(out, 0, sizeof *out);
    out->code = code;
    out->schema = schema;
    out->place = v->place;
    out->last = v->last;
    out->next = -1;
    const xmlParserInput *in = v->parser->input;
    if (in != NULL) {
        out->seen = in->line;
        if (in->cur < in->end)
            out->next = *in->cur;
        /* How much of an unfinished CDATA section the parser has taken
         * depends on the pieces; the end of the input does not. */
        if (code == XML_ERR_DOCUMENT_END && v->place == RH_IN_ROOT)
            for (const xmlChar *p = in->cur; p < in->end; p++)
                out->seen += *p == '\n';
    }
    out->line = out->seen;
    size_t len = strlen(msg);
    if (len > v->limits.message)
        len = v->limits.message;
    out->message = copy(msg, len);
    if (v->depth > 0) {
        const frame *f = &v->stack[v->depth - 1];
        if (schema)
            f = concerned(v, msg, out);
        out->element = frame_name(f, v->limits.message);
    }
    v->kept++;
}

void rh_on_error(void *data, xmlErrorPtr e) {
    rh_validator *v = data;
    if (v == NULL || e == NULL || is_warning(e))
        return;
    if (e->code == XML_SCHEMAV_INTERNAL || e->code == XML_ERR_NO_MEMORY)
        v->internal = 1;
    rh_keep(v, e->code, e->domain == XML_FROM_SCHEMASV, e->message == NULL ? "" : e->message);
}

/* Takes what libxml2 raises outside both contexts (its regular expressions,
 * allocation): no verdict can be trusted after it. */
void rh_on_stray(void *data, xmlErrorPtr e) {
    rh_validator *v = data;
    if (e != NULL && e->level != XML_ERR_WARNING)
        v->internal = 1;
}

void rh_on_print(void *data, const char *msg, ...) {
    (void)data;
    (void)msg;
}

int rh_valid(const rh_validator *v) {
    return v->parser->wellFormed && v->total == 0 && v->place == RH_AFTER_ROOT &&
           xmlSchemaIsValid(v->valid) == 1;
}

int rh_internal(const rh_validator *v) { return v->internal; }
size_t rh_total(const rh_validator *v) { return v->total; }
size_t rh_kept(const rh_validator *v) { return v->kept; }
const rh_error *rh_at(const rh_validator *v, size_t i) { return &v->errors[i]; }
