package deploy

import (
	"bytes"
	"context"
	"crypto/md5"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/url"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"

	"candor/generator/domain"
	"candor/generator/fileset"
	"candor/generator/message"
)

// mark is the metadata that every object carries that this program has written.
const mark = "Candor"

// largestState is how large a state object can be: that of a million files.
const largestState = 256 << 20

// store is a bucket.
type store struct {
	client *minio.Core
	target Target
}

func open(t Target, opt Options) (*store, error) {
	address, err := url.Parse(t.Endpoint)
	if err != nil || address.Host == "" || address.Scheme != "https" && address.Scheme != "http" {
		return nil, message.Errorf("endpoint %q is not a web address\n"+
			"write for example: endpoint = \"https://s3.example.org\"", t.Endpoint)
	}
	transport := opt.Transport
	if transport == nil {
		usual, err := minio.DefaultTransport(address.Scheme == "https")
		if err != nil {
			return nil, err
		}
		transport = usual
	}
	lookup := minio.BucketLookupDNS
	if t.PathStyle {
		lookup = minio.BucketLookupPath
	}
	client, err := minio.NewCore(address.Host, &minio.Options{
		Creds:  credentials.NewStaticV4(t.AccessKey, t.SecretKey, t.Token),
		Secure: address.Scheme == "https", Region: t.Region, BucketLookup: lookup,
		Transport: &patient{transport, opt.Wait}, MaxRetries: 1,
	})
	if err != nil {
		return nil, err
	}
	return &store{client, t}, nil
}

// status returns the status of an answer that is an error; 0 if there was no answer.
func status(err error) int {
	var answer minio.ErrorResponse
	if errors.As(err, &answer) {
		return answer.StatusCode
	}
	return 0
}

// refused reports whether a condition did not hold.
func refused(err error) bool {
	return status(err) == http.StatusPreconditionFailed || status(err) == http.StatusConflict
}

// load reads the state and its ETag, which is empty if there is none.
func (s *store) load(ctx context.Context) (state, string, error) {
	body, info, _, err := s.client.GetObject(ctx, s.target.Bucket, s.target.Prefix+StateName, minio.GetObjectOptions{})
	if err != nil {
		if minio.ToErrorResponse(err).Code == minio.NoSuchKey {
			return state{}, "", nil
		}
		return state{}, "", err
	}
	defer body.Close()
	data, err := io.ReadAll(io.LimitReader(body, largestState))
	if err != nil {
		return state{}, "", err
	}
	var st state
	if err := json.Unmarshal(data, &st); err != nil || st.Version != stateVersion {
		return state{}, "", message.Errorf("%s in the store was not written by this candor\n"+
			"use the newest candor, or delete it: then everything is sent again", StateName)
	}
	return st, info.ETag, nil
}

// free returns the state once nobody holds its lock. A holder who does not renew it was killed.
func (s *store) free(ctx context.Context, opt Options) (state, string, error) {
	const look = 5 * time.Second
	st, etag, err := s.load(ctx)
	for unchanged := time.Duration(0); err == nil && st.Holder != "" && !opt.TakeOver && !opt.Dry; {
		if unchanged >= Lease {
			break
		}
		if unchanged == 0 && opt.Waiting != nil {
			opt.Waiting(Lease)
		}
		if err := opt.Wait(ctx, look); err != nil {
			return st, etag, err
		}
		before := etag
		if st, etag, err = s.load(ctx); etag == before {
			unchanged += look
		} else {
			unchanged = look // it is known already that somebody is waited for
		}
	}
	st.Holder = ""
	return st, etag, err
}

// putState writes the state on the condition that it still has an ETag.
func (s *store) putState(ctx context.Context, st state, etag string) (string, error) {
	data := st.encode()
	opt := s.options("application/json", data)
	opt.CacheControl = "no-store"
	switch {
	case s.target.Unlocked:
	case etag == "":
		opt.SetMatchETagExcept("*")
	default:
		opt.SetMatchETag(etag)
	}
	made, err := s.write(ctx, StateName, data, opt)
	switch {
	case err == nil:
		return made, nil
	case status(err) == http.StatusNotImplemented:
		return "", message.Errorf("the store does not know conditional writes: %w\n"+
			"write lock = false, and see to it that only one deployment runs at a time", err)
	case !refused(err):
		return "", err
	}
	now, made, failed := s.load(ctx) // an answer that was lost may have been ours
	if failed == nil && bytes.Equal(now.encode(), data) {
		return made, nil
	}
	return "", message.Errorf("another deployment has begun\nthe other one goes on; run candor deploy again afterwards")
}

// put writes a file. One that somebody else has put there is not replaced.
func (s *store) put(ctx context.Context, f File, data []byte, known bool) error {
	opt := s.options(domain.ContentType(f.Path), data)
	opt.CacheControl = s.target.CacheControl
	if known {
		_, err := s.write(ctx, f.Path, data, opt)
		return err
	}
	if !s.target.Unlocked {
		first := opt
		first.SetMatchETagExcept("*")
		if _, err := s.write(ctx, f.Path, data, first); !refused(err) {
			return err
		}
	}
	info, err := s.client.StatObject(ctx, s.target.Bucket, s.target.Prefix+f.Path, minio.StatObjectOptions{})
	switch {
	case err == nil && !ours(info):
		return message.Errorf("there is another file of this name in the store\n" +
			"move it away, or choose another prefix")
	case err != nil && status(err) != http.StatusNotFound:
		return err
	}
	_, err = s.write(ctx, f.Path, data, opt)
	return err
}

// ours reports whether an object was written by this program.
func ours(info minio.ObjectInfo) bool { return info.UserMetadata[mark] != "" }

// remove deletes a file that is ours.
func (s *store) remove(ctx context.Context, path string) error {
	info, err := s.client.StatObject(ctx, s.target.Bucket, s.target.Prefix+path, minio.StatObjectOptions{})
	if status(err) == http.StatusNotFound || err == nil && !ours(info) {
		return nil
	}
	if err != nil {
		return err
	}
	return s.client.RemoveObject(ctx, s.target.Bucket, s.target.Prefix+path, minio.RemoveObjectOptions{})
}

// options are those of a writing: no chunks of Amazon's own, which not every store takes.
func (s *store) options(kind string, data []byte) minio.PutObjectOptions {
	return minio.PutObjectOptions{ContentType: kind, DisableContentSha256: true, DisableMultipart: true,
		UserMetadata: map[string]string{mark: fileset.SumOf(data).String()}}
}

// write writes an object with two checksums, and returns its ETag.
func (s *store) write(ctx context.Context, name string, data []byte, opt minio.PutObjectOptions) (string, error) {
	sum := md5.Sum(data)
	sha := fileset.SumOf(data)
	info, err := s.client.PutObject(ctx, s.target.Bucket, s.target.Prefix+name, bytes.NewReader(data), int64(len(data)),
		base64.StdEncoding.EncodeToString(sum[:]), hex.EncodeToString(sha[:]), opt)
	return info.ETag, err
}
