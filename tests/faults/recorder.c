/* Records what a process asks of the disk, in order: preloaded before the C library, it passes every call on
   and writes down those that touch files below $RECORD_FOLDER. A line of text each, the bytes written after it:
   open PATH CREATED | write PATH OFFSET LENGTH <bytes> | truncate PATH LENGTH | sync PATH | unlink PATH. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

#define FILES_MAX 4096
#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static char *paths[FILES_MAX];
static int record = -1;

static void put(const void *bytes, size_t length) {
    static ssize_t (*real)(int, const void *, size_t);
    if (!real) real = (ssize_t (*)(int, const void *, size_t))dlsym(RTLD_NEXT, "write");
    const char *from = bytes;
    while (length > 0) {
        ssize_t done = real(record, from, length);
        if (done <= 0) abort();
        from += done;
        length -= (size_t)done;
    }
}

__attribute__((constructor)) static void begin(void) {
    static int (*real)(const char *, int, ...);
    const char *to = getenv("RECORD_TO");
    if (!to) return;
    real = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, "open");
    record = real(to, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
}

static int wanted(const char *path) {
    const char *folder = getenv("RECORD_FOLDER");
    return record >= 0 && folder && strncmp(path, folder, strlen(folder)) == 0;
}

static const char *known(int file) {
    return file >= 0 && file < FILES_MAX ? paths[file] : NULL;
}

static void note(const char *what, const char *path, long long a, long long b) {
    char line[5000];
    int length = snprintf(line, sizeof line, "%s\t%s\t%lld\t%lld\n", what, path, a, b);
    put(line, (size_t)length);
}

static void written(int file, const void *bytes, ssize_t length, off_t at) {
    const char *path = known(file);
    if (!path || length <= 0) return;
    note("write", path, (long long)at, (long long)length);
    put(bytes, (size_t)length);
}

static int opened(const char *path, int file, int was_there) {
    if (file < 0 || file >= FILES_MAX || !wanted(path)) return file;
    free(paths[file]);
    paths[file] = strdup(path);
    note("open", path, !was_there, 0);
    return file;
}

#define OPEN(name)                                                            \
    int name(const char *path, int flags, ...) {                              \
        static int (*real)(const char *, int, ...);                           \
        if (!real) real = (int (*)(const char *, int, ...))dlsym(RTLD_NEXT, #name); \
        va_list rest;                                                         \
        va_start(rest, flags);                                                \
        mode_t mode = (flags & (O_CREAT | O_TMPFILE)) ? va_arg(rest, mode_t) : 0; \
        va_end(rest);                                                         \
        int was_there = access(path, F_OK) == 0;                              \
        return opened(path, real(path, flags, mode), was_there);              \
    }
OPEN(open)
OPEN(open64)

int close(int file) {
    static int (*real)(int);
    if (!real) real = REAL(close);
    if (known(file)) {
        free(paths[file]);
        paths[file] = NULL;
    }
    return real(file);
}

ssize_t write(int file, const void *bytes, size_t length) {
    static ssize_t (*real)(int, const void *, size_t);
    if (!real) real = REAL(write);
    off_t at = known(file) ? lseek(file, 0, SEEK_CUR) : 0;
    ssize_t done = real(file, bytes, length);
    written(file, bytes, done, at);
    return done;
}

#define PWRITE(name, offset)                                                  \
    ssize_t name(int file, const void *bytes, size_t length, offset at) {     \
        static ssize_t (*real)(int, const void *, size_t, offset);            \
        if (!real) real = REAL(name);                                         \
        ssize_t done = real(file, bytes, length, at);                         \
        written(file, bytes, done, at);                                       \
        return done;                                                          \
    }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

#define SYNC(name)                                                            \
    int name(int file) {                                                      \
        static int (*real)(int);                                              \
        if (!real) real = REAL(name);                                         \
        int done = real(file);                                                \
        if (done == 0 && known(file)) note("sync", known(file), 0, 0);        \
        return done;                                                          \
    }
SYNC(fsync)
SYNC(fdatasync)

#define TRUNCATE(name, size)                                                  \
    int name(int file, size length) {                                         \
        static int (*real)(int, size);                                        \
        if (!real) real = REAL(name);                                         \
        int done = real(file, length);                                        \
        if (done == 0 && known(file)) note("truncate", known(file), (long long)length, 0); \
        return done;                                                          \
    }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

int unlink(const char *path) {
    static int (*real)(const char *);
    if (!real) real = REAL(unlink);
    int done = real(path);
    if (done == 0 && wanted(path)) note("unlink", path, 0, 0);
    return done;
}
