/* Kills a process at its n-th request to the disk: preloaded before the C library, it passes every call on and
   counts writes at a place in a file, syncs, truncations and removals. settle_die_after(n) lets n more of them
   through and kills the process at the next, before it is done; settle_requests() says how many there were since. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <signal.h>
#include <sys/types.h>
#include <unistd.h>

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

static long left = -1;
static long requests;

void settle_die_after(long n) {
    left = n;
    requests = 0;
}

long settle_requests(void) {
    return requests;
}

static void asked(void) {
    requests++;
    if (left == 0) kill(getpid(), SIGKILL);
    if (left > 0) left--;
}

#define PWRITE(name, offset)                                                  \
    ssize_t name(int file, const void *bytes, size_t length, offset at) {     \
        static ssize_t (*real)(int, const void *, size_t, offset);            \
        if (!real) real = REAL(name);                                         \
        asked();                                                              \
        return real(file, bytes, length, at);                                 \
    }
PWRITE(pwrite, off_t)
PWRITE(pwrite64, off64_t)

#define SYNC(name)                                                            \
    int name(int file) {                                                      \
        static int (*real)(int);                                              \
        if (!real) real = REAL(name);                                         \
        asked();                                                              \
        return real(file);                                                    \
    }
SYNC(fsync)
SYNC(fdatasync)

#define TRUNCATE(name, size)                                                  \
    int name(int file, size length) {                                         \
        static int (*real)(int, size);                                        \
        if (!real) real = REAL(name);                                         \
        asked();                                                              \
        return real(file, length);                                            \
    }
TRUNCATE(ftruncate, off_t)
TRUNCATE(ftruncate64, off64_t)

int unlink(const char *path) {
    static int (*real)(const char *);
    if (!real) real = REAL(unlink);
    asked();
    return real(path);
}
