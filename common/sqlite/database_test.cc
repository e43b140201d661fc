#include "common/sqlite/database.h"

#include <filesystem>
#include <fstream>

#include "common/base/status.h"
#include "gmock/gmock.h"
#include "gtest/gtest.h"

namespace earshot::sqlite {
namespace {

using ::testing::HasSubstr;

class DatabaseTest : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto* test = ::testing::UnitTest::GetInstance()->current_test_info();
    folder_ = std::filesystem::path(::testing::TempDir()) / (std::string("sqlite_") + test->name());
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string Path() const { return (folder_ / "test.db").string(); }

  std::filesystem::path folder_;
};

TEST_F(DatabaseTest, ValuesComeBackAsTheyWere) {
  Database db = Database::Open(Path()).value();
  ASSERT_TRUE(db.Execute("CREATE TABLE t (a INTEGER, b TEXT, c BLOB, d BLOB, e BLOB)").ok());
  Statement insert = db.Prepare("INSERT INTO t VALUES (?, ?, ?, ?, ?)").value();
  const std::string binary("\0'; DROP TABLE t; --\xff", 21);
  const std::optional<std::string> absent;
  const std::optional<std::string> empty("");
  ASSERT_TRUE(insert.Run(int64_t{1} << 60, binary, Blob{binary}, OptionalBlob{absent}, OptionalBlob{empty}).ok());

  Statement select = db.Prepare("SELECT * FROM t WHERE a > ?").value();
  ASSERT_TRUE(select.Start(5).ok());
  ASSERT_TRUE(select.Step().value());
  EXPECT_EQ(select.Int(0), int64_t{1} << 60);
  EXPECT_EQ(select.Text(1), binary);
  EXPECT_EQ(select.Text(2), binary);
  EXPECT_TRUE(select.IsNull(3));
  EXPECT_EQ(select.OptionalBytes(3), std::nullopt);
  EXPECT_EQ(select.OptionalBytes(4), "");
  EXPECT_FALSE(select.Step().value());
}

TEST_F(DatabaseTest, ATransactionThatIsNotCommittedLeavesNothing) {
  Database db = Database::Open(Path()).value();
  ASSERT_TRUE(db.Execute("CREATE TABLE t (a INTEGER)").ok());
  {
    Transaction transaction = Transaction::Begin(db).value();
    ASSERT_TRUE(db.Execute("INSERT INTO t VALUES (1)").ok());
  }
  EXPECT_EQ(db.QueryInt("SELECT count(*) FROM t").value(), 0);
  {
    Transaction transaction = Transaction::Begin(db).value();
    ASSERT_TRUE(db.Execute("INSERT INTO t VALUES (1)").ok());
    ASSERT_TRUE(transaction.Commit().ok());
  }
  EXPECT_EQ(db.QueryInt("SELECT count(*) FROM t").value(), 1);
}

TEST_F(DatabaseTest, AFullFileIsUnavailableAndTheDatabaseGoesOn) {
  Database db = Database::Open(Path(), {.max_bytes = 64 << 10}).value();
  ASSERT_TRUE(db.Execute("CREATE TABLE t (a BLOB)").ok());
  Statement insert = db.Prepare("INSERT INTO t VALUES (?)").value();
  const std::string large(200'000, 'x');
  const absl::Status status = insert.Run(Blob{large});
  EXPECT_EQ(status.code(), absl::StatusCode::kUnavailable);
  EXPECT_THAT(std::string(Message(status)), HasSubstr("test.db: no space left"));
  EXPECT_TRUE(insert.Run(Blob{"small"}).ok());
}

TEST_F(DatabaseTest, AFileThatIsNoDatabaseIsDataLoss) {
  std::ofstream(Path()) << std::string(8192, 'z');
  const absl::Status status = Database::Open(Path()).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss) << status;
  EXPECT_THAT(std::string(Message(status)), HasSubstr("test.db"));
}

TEST_F(DatabaseTest, AFolderThatIsMissingIsUnavailable) {
  EXPECT_EQ(Database::Open(Path() + "/no/such.db").status().code(), absl::StatusCode::kUnavailable);
}

TEST_F(DatabaseTest, AQueryOnlyConnectionCannotWrite) {
  Database writer = Database::Open(Path()).value();
  ASSERT_TRUE(writer.Execute("CREATE TABLE t (a INTEGER)").ok());
  Database reader = Database::Open(Path(), {.query_only = true}).value();
  EXPECT_FALSE(reader.Execute("INSERT INTO t VALUES (1)").ok());
  EXPECT_EQ(reader.QueryInt("SELECT count(*) FROM t").value(), 0);
}

TEST_F(DatabaseTest, BadSqlIsABugWithTheReason) {
  Database db = Database::Open(Path()).value();
  const absl::Status status = db.Prepare("SELECT a FROM nowhere").status();
  EXPECT_EQ(status.code(), absl::StatusCode::kInternal);
  EXPECT_THAT(std::string(Message(status)), HasSubstr("nowhere"));
}

}  // namespace
}  // namespace earshot::sqlite
