/* The three functions of LAPACK that training wants, as Fortran has them: matrices are column-major, everything is
 * passed by address, `info` is 0 for success. Debian's package liblapack-dev; any implementation will do. */
#ifndef CLAPACK_H
#define CLAPACK_H

/* Eigenvalues, ascending, and eigenvectors, in the columns of `a`, of a symmetric matrix. */
void dsyevd_ (const char *jobz, const char *uplo, const int *n, double *a, const int *lda,
              double *w, double *work, const int *lwork, int *iwork, const int *liwork, int *info);

/* A = QR: R and the reflectors of which Q is the product. */
void sgeqrf_ (const int *m, const int *n, float *a, const int *lda, float *tau, float *work,
              const int *lwork, int *info);

/* Q of those reflectors. */
void sorgqr_ (const int *m, const int *n, const int *k, float *a, const int *lda, const float *tau,
              float *work, const int *lwork, int *info);

#endif
